"use client";

import Link from "next/link";
import { Dialog } from "@/app/_components/dialog";
import { Kbd } from "@/app/_components/kbd";
import { type PageKey, useKeyGroups, usePageKeys } from "@/app/_components/page-keys";

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
    <Dialog title="Keys" open={open} onOpenChange={onOpenChange} size="wide">
      <div className="gap-10 sm:columns-2 lg:columns-3">
        {groups.map((group) => (
          <section key={group.title} className="mb-4">
            <h3 className="mb-1 break-inside-avoid break-after-avoid text-[12px] text-dim">{group.title}</h3>
            <dl className="flex flex-col gap-1">
              {byAct(group.keys).map(({ does, keys }) => (
                <div key={keys[0]} className="flex break-inside-avoid items-center gap-3">
                  <dt className="flex min-w-[46px] shrink-0 gap-1">
                    {keys.map((names) => (
                      <Kbd key={names} keys={names} />
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        {reads ? (
          <Link
            href="/reading/keys"
            className="text-accent hover:underline"
            onClick={() => onOpenChange(false)}
          >
            Change the keys of the reading room
          </Link>
        ) : null}
      </div>
    </Dialog>
  );
}

/** Keys that do the same in one line; of those with Shift only the first names it. */
function byAct(keys: readonly PageKey[]): readonly { does: string; keys: readonly string[] }[] {
  return [...Map.groupBy(keys, ({ does }) => does)].map(([does, same]) => ({
    does,
    keys: same.map(({ keys: names }, at) => (at === 0 ? names : names.replace(/^Shift /, ""))),
  }));
}
