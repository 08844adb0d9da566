"use client";

import { useState } from "react";
import { Button } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { Kbd } from "@/app/_components/kbd";
import { Notice } from "@/app/_components/notice";
import type { Finding } from "@/server/labels/vocabulary";
import type { KeyChoices, KeyedAction } from "@/server/reading/keys";
import { fixedKeys, roomActions } from "@/server/reading/room-actions";
import { KeyRow } from "./key-row";
import { useKeys } from "./use-keys";

type Props = { findings: readonly Finding[]; saved: KeyChoices };
type Row = { readonly action: KeyedAction; readonly does: string };

/** Every key of the reading room: those that can be changed, and those that stay. */
export function KeysTable({ findings, saved }: Props) {
  const keys = useKeys(findings, saved);
  const [asking, setAsking] = useState<KeyedAction | null>(null);
  const group = (title: string, rows: readonly Row[]) => (
    <Card title={title}>
      <ul>
        {rows.map(({ action, does }) => (
          <KeyRow
            key={action}
            action={action}
            does={does}
            keys={keys}
            asking={asking === action}
            onAsk={(on) => setAsking(on ? action : null)}
          />
        ))}
      </ul>
    </Card>
  );
  const ofGroup = (name: string) =>
    roomActions.filter((one) => one.group === name).map(({ id, does }) => ({ action: id, does }));
  return (
    <div className="flex flex-col gap-4">
      {keys.problem ? <Notice tone="error" title={keys.problem} /> : null}
      <div className="flex items-center gap-3">
        <Button onPress={keys.reset} isDisabled={keys.changed === 0} pending={keys.pending}>
          Back to the defaults
        </Button>
        <span className="text-dim" aria-live="polite">
          {keys.changed === 0
            ? "All keys are the defaults"
            : `${keys.changed} ${keys.changed === 1 ? "key is" : "keys are"} your own`}
        </span>
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-2 xl:grid-cols-3">
        {group(
          "Findings: a letter each; with Shift it goes back",
          findings.map(({ position, name }) => ({ action: `finding:${position}` as const, does: name })),
        )}
        <div className="flex flex-col gap-4">
          {group("Film", ofGroup("Film"))}
          <Card title="These stay, as in the viewers that readers know">
            <ul className="flex flex-wrap gap-x-5 gap-y-1.5 text-dim">
              {[...Map.groupBy(fixedKeys, ({ does }) => does)].map(([does, same]) => (
                <li key={does} className="flex items-center gap-1.5">
                  <Kbd keys={same.map(({ key }) => key).join(" ")} /> {does}
                </li>
              ))}
            </ul>
          </Card>
        </div>
        <div className="flex flex-col gap-4">
          {group("Reading", ofGroup("Reading"))}
          {group("Tools", ofGroup("Tools"))}
        </div>
      </div>
    </div>
  );
}
