"use client";

import { Modal } from "@heroui/react";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import type { Found } from "@/server/admin/schema";
import type { Role } from "@/server/auth/permissions";
import { pagesFor } from "./places";
import { useSearch } from "./use-search";

type PaletteAction = { readonly label: string; readonly run: () => void };

type Props = {
  role: Role;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  actions: readonly PaletteAction[];
};

const kinds: Record<Found["kind"], string> = {
  dataset: "Datasets",
  patient: "Patients",
  worklist: "Worklists",
  cohort: "Cohorts",
  split: "Splits",
  run: "Runs",
};

/** `Ctrl K`: pages, actions, and datasets, patients, worklists, cohorts, splits and runs by name. */
export function CommandPalette({ role, open, onOpenChange, actions }: Props) {
  const [text, setText] = useState("");
  const { found, pending } = useSearch(text);
  const router = useRouter();
  const close = () => {
    onOpenChange(false);
    setText("");
  };
  const go = (href: string) => {
    close();
    router.push(href);
  };
  const wanted = text.trim().toLowerCase();
  const pages = pagesFor(role).filter((page) => page.label.toLowerCase().includes(wanted));
  const fitting = actions.filter((action) => action.label.toLowerCase().includes(wanted));
  return (
    <Modal.Backdrop isOpen={open} onOpenChange={(next) => (next ? onOpenChange(true) : close())}>
      <Modal.Container size="md" placement="top">
        <Modal.Dialog aria-label="Search" className="p-0">
          <Command shouldFilter={false} label="Search" loop>
            <Command.Input
              autoFocus
              value={text}
              onValueChange={setText}
              placeholder="Go to a page, dataset, patient, worklist, split or run"
              className="h-11 w-full border-line border-b bg-transparent px-4 text-[13px] outline-none placeholder:text-faint"
            />
            <Command.List className="max-h-[420px] overflow-auto p-2">
              <Command.Empty className="px-2 py-6 text-center text-dim">
                {pending ? "Searching" : "Nothing has this name."}
              </Command.Empty>
              {groupsOf(found).map(([kind, hits]) => (
                <Group key={kind} heading={kinds[kind]}>
                  {hits.map((hit) => (
                    <Line key={hit.href} value={hit.href} detail={hit.detail} onSelect={() => go(hit.href)}>
                      {hit.label}
                    </Line>
                  ))}
                </Group>
              ))}
              {pages.length > 0 ? (
                <Group heading="Pages">
                  {pages.map((page) => (
                    <Line key={page.href} value={`page ${page.href}`} onSelect={() => go(page.href)}>
                      {page.label}
                    </Line>
                  ))}
                </Group>
              ) : null}
              {fitting.length > 0 ? (
                <Group heading="Actions">
                  {fitting.map((action) => (
                    <Line
                      key={action.label}
                      value={`action ${action.label}`}
                      onSelect={() => {
                        close();
                        action.run();
                      }}
                    >
                      {action.label}
                    </Line>
                  ))}
                </Group>
              ) : null}
            </Command.List>
          </Command>
        </Modal.Dialog>
      </Modal.Container>
    </Modal.Backdrop>
  );
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="mb-1 **:[[cmdk-group-heading]]:px-2 **:[[cmdk-group-heading]]:py-1 **:[[cmdk-group-heading]]:text-[12px] **:[[cmdk-group-heading]]:text-faint"
    >
      {children}
    </Command.Group>
  );
}

type LineProps = { value: string; detail?: string; onSelect: () => void; children: ReactNode };

function Line({ value, detail, onSelect, children }: LineProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex h-8 cursor-pointer items-center justify-between gap-4 rounded-md px-2 data-[selected=true]:bg-raise"
    >
      <span className="truncate">{children}</span>
      {detail ? <span className="truncate text-dim">{detail}</span> : null}
    </Command.Item>
  );
}

function groupsOf(found: readonly Found[]): [Found["kind"], Found[]][] {
  return [...Map.groupBy(found, (hit) => hit.kind)];
}
