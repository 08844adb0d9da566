"use client";

import { usePathname } from "next/navigation";
import { signOut } from "next-auth/react";
import { type ReactNode, useState } from "react";
import { showTheme, type Theme } from "@/app/_components/theme";
import { allows, type Role } from "@/server/auth/permissions";
import { leaveEverywhere, rememberRail, rememberTheme } from "./actions";
import { CommandPalette } from "./command-palette";
import { KeysDialog } from "./keys-dialog";
import { PasswordDialog } from "./password-dialog";
import { isReadingRoom } from "./places";
import { Rail } from "./rail";
import { TopBar } from "./top-bar";

export type ShellPerson = { readonly name: string; readonly email: string; readonly role: Role };

type Props = { person: ShellPerson; folded: boolean; theme: Theme; children: ReactNode };
type Overlay = "none" | "search" | "keys" | "password";

/** Rail, top bar and the page. In the reading room the page has the screen to itself. */
export function Shell({ person, folded: foldedAtStart, theme: themeAtStart, children }: Props) {
  const [folded, setFolded] = useState(foldedAtStart);
  const [theme, setTheme] = useState(themeAtStart);
  const [overlay, setOverlay] = useState<Overlay>("none");
  const room = isReadingRoom(usePathname());
  const show = (which: Overlay) => (open: boolean) => setOverlay(open ? which : "none");
  const fold = (next: boolean) => {
    setFolded(next);
    void rememberRail(next);
  };
  const actions = {
    chooseTheme(chosen: Theme) {
      setTheme(chosen);
      showTheme(chosen);
      void rememberTheme(chosen);
    },
    showKeys: () => setOverlay("keys"),
    changePassword: () => setOverlay("password"),
    signOut: () => void signOut({ callbackUrl: "/sign-in?left" }),
    signOutEverywhere: () => void leaveEverywhere().then(() => signOut({ callbackUrl: "/sign-in?left" })),
  };
  const overlays = (
    <>
      <KeysDialog
        reads={allows(person.role, "reading.read")}
        open={overlay === "keys"}
        onOpenChange={show("keys")}
        onSearch={() => setOverlay("search")}
      />
      <PasswordDialog open={overlay === "password"} onOpenChange={show("password")} />
      <CommandPalette
        role={person.role}
        open={overlay === "search"}
        onOpenChange={show("search")}
        actions={[
          { label: "Change password", run: actions.changePassword },
          { label: "Dark theme", run: () => actions.chooseTheme("dark") },
          { label: "Light theme", run: () => actions.chooseTheme("light") },
          { label: "Sign out", run: actions.signOut },
        ]}
      />
    </>
  );
  if (room) {
    return (
      <>
        <main className="h-dvh overflow-hidden bg-black">{children}</main>
        {overlays}
      </>
    );
  }
  return (
    <div
      className={`grid h-dvh ${folded ? "grid-cols-[60px_minmax(0,1fr)]" : "grid-cols-[184px_minmax(0,1fr)]"}`}
    >
      <Rail role={person.role} folded={folded} onFold={fold} />
      <div className="grid h-dvh grid-rows-[48px_minmax(0,1fr)]">
        <TopBar person={person} theme={theme} actions={actions} onSearch={() => setOverlay("search")} />
        <main className="overflow-auto p-5">{children}</main>
      </div>
      {overlays}
    </div>
  );
}
