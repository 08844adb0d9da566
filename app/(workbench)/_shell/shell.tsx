"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useState } from "react";
import type { Theme } from "@/app/_components/theme";
import type { Role } from "@/server/auth/permissions";
import { rememberRail } from "./actions";
import { isReadingRoom } from "./places";
import { Rail } from "./rail";
import { TopBar } from "./top-bar";

export type ShellPerson = { readonly name: string; readonly email: string; readonly role: Role };

type Props = { person: ShellPerson; folded: boolean; theme: Theme; children: ReactNode };

/** Rail, top bar and the page. In the reading room the page has the screen to itself. */
export function Shell({ person, folded: foldedAtStart, theme, children }: Props) {
  const [folded, setFolded] = useState(foldedAtStart);
  const room = isReadingRoom(usePathname());
  const fold = (next: boolean) => {
    setFolded(next);
    void rememberRail(next);
  };
  if (room) return <main className="h-dvh overflow-hidden bg-black">{children}</main>;
  return (
    <div
      className={`grid h-dvh ${folded ? "grid-cols-[60px_minmax(0,1fr)]" : "grid-cols-[184px_minmax(0,1fr)]"}`}
    >
      <Rail role={person.role} folded={folded} onFold={fold} />
      <div className="grid h-dvh grid-rows-[48px_minmax(0,1fr)]">
        <TopBar person={person} theme={theme} />
        <main className="overflow-auto p-5">{children}</main>
      </div>
    </div>
  );
}
