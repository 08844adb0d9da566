"use client";

import { Dropdown, Label, Separator } from "@heroui/react";
import { ChevronDown, Keyboard, KeyRound, LogOut, Monitor, Moon, ShieldOff, Sun } from "lucide-react";
import type { Theme } from "@/app/_components/theme";
import type { ShellPerson } from "./shell";

export type AccountActions = {
  readonly chooseTheme: (theme: Theme) => void;
  readonly showKeys: () => void;
  readonly changePassword: () => void;
  readonly signOut: () => void;
  readonly signOutEverywhere: () => void;
};

const themeChoices = [
  { theme: "dark", label: "Dark", icon: Moon },
  { theme: "light", label: "Light", icon: Sun },
  { theme: "system", label: "As the system", icon: Monitor },
] as const;

const others = [
  { id: "showKeys", label: "Keys of this page", icon: Keyboard },
  { id: "changePassword", label: "Change password", icon: KeyRound },
  { id: "signOut", label: "Sign out", icon: LogOut },
  { id: "signOutEverywhere", label: "Sign out everywhere", icon: ShieldOff },
] as const;

/** Who is signed in, with what she can do about herself. */
export function AccountMenu({
  person,
  theme,
  actions,
}: {
  person: ShellPerson;
  theme: Theme;
  actions: AccountActions;
}) {
  function act(key: string) {
    const choice = themeChoices.find((one) => one.theme === key);
    if (choice) actions.chooseTheme(choice.theme);
    const other = others.find((one) => one.id === key);
    if (other) actions[other.id]();
  }
  return (
    <Dropdown>
      <Dropdown.Trigger className="flex h-8 cursor-pointer items-center gap-1.5 rounded-md px-2 hover:bg-raise">
        <span className="max-w-[180px] truncate">{person.name}</span>
        <span className="text-[12px] text-dim">{person.role}</span>
        <ChevronDown aria-hidden size={14} className="text-dim" />
      </Dropdown.Trigger>
      <Dropdown.Popover placement="bottom end" className="min-w-[220px]">
        <div className="border-line border-b px-3 py-2 text-[12px] text-dim">{person.email}</div>
        <Dropdown.Menu aria-label="Account" onAction={(key) => act(String(key))}>
          {themeChoices.map(({ theme: id, label, icon: Icon }) => (
            <Dropdown.Item key={id} id={id} textValue={label}>
              <Icon aria-hidden size={14} className="text-dim" />
              <Label>{label}</Label>
              {id === theme ? <span className="ml-auto text-[12px] text-dim">in use</span> : null}
            </Dropdown.Item>
          ))}
          <Separator className="my-1" />
          {others.map(({ id, label, icon: Icon }) => (
            <Dropdown.Item key={id} id={id} textValue={label}>
              <Icon aria-hidden size={14} className="text-dim" />
              <Label>{label}</Label>
            </Dropdown.Item>
          ))}
        </Dropdown.Menu>
      </Dropdown.Popover>
    </Dropdown>
  );
}
