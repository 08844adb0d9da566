import { TabsNav } from "@/app/_components/tabs-nav";

/** A worklist's pages, for those who see its labels. */
export function WorklistTabs({ worklist }: { worklist: number }) {
  return (
    <TabsNav
      label="Pages of this worklist"
      tabs={[
        { href: `/reading/${worklist}/progress`, label: "Progress" },
        { href: `/reading/${worklist}/studies`, label: "Studies" },
        { href: `/reading/${worklist}/agreement`, label: "Agreement" },
      ]}
    />
  );
}
