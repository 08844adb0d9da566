import type { ReactNode } from "react";
import { TabsNav } from "@/app/_components/tabs-nav";
import { requirePermission } from "@/app/_session/session";

export default async function AdminLayout({ children }: { children: ReactNode }) {
  await requirePermission("people.manage");
  return (
    <div className="flex flex-col gap-4">
      <TabsNav
        label="Administration"
        tabs={[
          { href: "/admin/people", label: "People" },
          { href: "/admin/audit", label: "Audit" },
          { href: "/admin/system", label: "System" },
        ]}
      />
      {children}
    </div>
  );
}
