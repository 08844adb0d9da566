"use client";

import { useState, useTransition } from "react";
import { Button } from "@/app/_components/button";
import { SelectField } from "@/app/_components/field";
import { Notice } from "@/app/_components/notice";
import type { CheckInput } from "@/server/training/checks/schema";
import { check } from "./actions";

export type CheckBase = { readonly name: string; readonly network: CheckInput["network"] };

type Props = {
  kind: CheckInput["kind"];
  cohort: number;
  /** Weights that are here. */
  bases: readonly CheckBase[];
  label: string;
};

/** Asks which base to look with, and puts the check on the queue. */
export function CheckButton({ kind, cohort, bases, label }: Props) {
  const [chosen, setChosen] = useState(bases[0]?.name ?? "");
  const [obstacle, setObstacle] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const base = bases.find(({ name }) => name === chosen);
  const press = () =>
    start(async () => {
      const network = base?.network ?? "efficientnet-lite0";
      setObstacle(await check(kind, cohort, base ? { network, weights: base.name } : { network }));
    });
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-end gap-2">
        {bases.length > 0 ? (
          <SelectField
            label="Seen by"
            className="max-w-[280px]"
            value={chosen}
            onChange={setChosen}
            options={bases.map(({ name, network }) => ({ value: name, label: name, hint: network }))}
          />
        ) : null}
        <Button variant="primary" pending={pending} onPress={press}>
          {label}
        </Button>
      </div>
      {obstacle ? <Notice tone="error" title={obstacle} /> : null}
    </div>
  );
}
