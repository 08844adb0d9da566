"use client";

import { Search } from "lucide-react";
import { Kbd } from "@/app/_components/kbd";
import type { Theme } from "@/app/_components/theme";
import { type AccountActions, AccountMenu } from "./account-menu";
import { BreadcrumbTrail } from "./breadcrumb-trail";
import { RunningJobs } from "./running-jobs";
import type { ShellPerson } from "./shell";

type Props = { person: ShellPerson; theme: Theme; actions: AccountActions; onSearch: () => void };

/** Where I am, search, what runs, who I am. */
export function TopBar({ person, theme, actions, onSearch }: Props) {
  return (
    <header className="flex items-center gap-3 border-line border-b px-5">
      <BreadcrumbTrail />
      <div className="ml-auto flex items-center gap-3">
        <RunningJobs />
        <button
          type="button"
          onClick={onSearch}
          className="flex h-7 cursor-pointer items-center gap-2 rounded-md px-2 text-dim hover:bg-raise hover:text-text"
        >
          <Search aria-hidden size={14} />
          Search <Kbd keys="Ctrl K" />
        </button>
        <AccountMenu person={person} theme={theme} actions={actions} />
      </div>
    </header>
  );
}
