"use client";

import Link from "next/link";
import { Dialog } from "@/app/_components/dialog";
import { Kbd } from "@/app/_components/kbd";
import { useKeyGroups, usePageKeys } from "@/app/_components/page-keys";

type Props = {
  /** Whose keys are her own to choose. */
  reads: boolean;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onSearch: () => void;
};

/** `?`: the keys of the open page and of the whole workbench. */
export function KeysDialog({ reads, open, onOpenChange, onSearch }: Props) {
  usePageKeys("Everywhere", [
    { keys: "Ctrl K", does: "search and go anywhere", run: onSearch },
    { keys: "?", does: "show these keys", run: () => onOpenChange(true) },
  ]);
  const groups = useKeyGroups();
  return (
    <Dialog title="Keys" open={open} onOpenChange={onOpenChange} size="md">
      <div className="flex flex-col gap-4">
        {groups.map((group) => (
          <section key={group.title}>
            <h3 className="mb-1 text-[12px] text-dim">{group.title}</h3>
            <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
              {group.keys.map((key) => (
                <div key={key.keys} className="col-span-2 grid grid-cols-subgrid items-center">
                  <dt className="flex">
                    <Kbd keys={key.keys} />
                  </dt>
                  <dd>{key.does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        {reads ? (
          <Link
            href="/reading/keys"
            className="self-start text-accent hover:underline"
            onClick={() => onOpenChange(false)}
          >
            Change the keys of the reading room
          </Link>
        ) : null}
      </div>
    </Dialog>
  );
}
