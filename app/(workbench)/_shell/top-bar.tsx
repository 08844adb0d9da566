"use client";

import type { Theme } from "@/app/_components/theme";
import { AccountMenu } from "./account-menu";
import { BreadcrumbTrail } from "./breadcrumb-trail";
import type { ShellPerson } from "./shell";

/** Where I am, search, what runs, who I am. */
export function TopBar({ person, theme }: { person: ShellPerson; theme: Theme }) {
  return (
    <header className="flex items-center gap-3 border-line border-b px-5">
      <BreadcrumbTrail />
      <div className="ml-auto flex items-center gap-3">
        <AccountMenu person={person} theme={theme} />
      </div>
    </header>
  );
}
