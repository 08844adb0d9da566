import { TabsNav } from "@/app/_components/tabs-nav";

const tabs = [
  { href: "/labels", label: "Current labels" },
  { href: "/labels/differences", label: "Differences" },
  { href: "/labels/policies", label: "Policies" },
  { href: "/labels/vocabulary", label: "Vocabulary" },
] as const;

/** The pages on labels. */
export function LabelTabs() {
  return <TabsNav label="Pages on labels" tabs={tabs} />;
}
