"use client";

import { Dropdown } from "@heroui/react";
import { signOut } from "next-auth/react";
import { useState } from "react";
import { showTheme, type Theme, themes } from "@/app/_components/theme";
import { rememberTheme } from "./actions";
import type { ShellPerson } from "./shell";

const themeWords: Record<Theme, string> = { system: "Theme of the system", dark: "Dark", light: "Light" };

/** Who is signed in, with what she can do about herself. */
export function AccountMenu({ person, theme: atStart }: { person: ShellPerson; theme: Theme }) {
  const [theme, setTheme] = useState(atStart);
  function choose(key: string) {
    const chosen = themes.find((one) => one === key);
    if (chosen) {
      setTheme(chosen);
      showTheme(chosen);
      void rememberTheme(chosen);
    }
    if (key === "sign-out") void signOut({ callbackUrl: "/sign-in?left" });
  }
  return (
    <Dropdown>
      <Dropdown.Trigger className="flex h-8 cursor-pointer items-center gap-2 rounded-md px-2 hover:bg-raise">
        <span className="max-w-[180px] truncate">{person.name}</span>
        <span className="text-[12px] text-dim">{person.role}</span>
      </Dropdown.Trigger>
      <Dropdown.Popover placement="bottom end">
        <Dropdown.Menu aria-label="Account" onAction={(key) => choose(String(key))}>
          {themes.map((one) => (
            <Dropdown.Item key={one} id={one} textValue={themeWords[one]}>
              {themeWords[one]}
              {one === theme ? " ✓" : ""}
            </Dropdown.Item>
          ))}
          <Dropdown.Item id="sign-out" textValue="Sign out">
            Sign out
          </Dropdown.Item>
        </Dropdown.Menu>
      </Dropdown.Popover>
    </Dropdown>
  );
}
