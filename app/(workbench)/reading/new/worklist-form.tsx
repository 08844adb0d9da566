"use client";

import { type FormEvent, useRef, useState, useTransition } from "react";
import { Button } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { CheckboxField, SelectField, TextField } from "@/app/_components/field";
import { Notice } from "@/app/_components/notice";
import type { EligibleReader } from "@/server/reading/chosen-readers";
import { worklistOrders } from "@/server/reading/worklist-input";
import { makeWorklist } from "../actions";
import { MannerFields } from "../manner-fields";
import { kindWords, orderWords } from "../words";
import { type FormKind, formKinds } from "./form-kinds";
import { type Choices, KindFields } from "./kind-fields";
import { Preview } from "./preview";
import { usePreview } from "./use-preview";

type Props = {
  /** Query string of the images page's filters; empty where a kind decides. */
  filters: string;
  datasets: readonly string[];
  choices: Choices;
  readers: readonly EligibleReader[];
  first: {
    readonly kind: FormKind;
    readonly run?: string;
    readonly cohort?: string;
    readonly check?: string;
  };
};

/** Which studies, in what order, by how many, blind or open; beside it how many that makes. */
export function WorklistForm({ filters, datasets, choices, readers, first }: Props) {
  const [kind, setKind] = useState(first.kind);
  const [manner, setManner] = useState({ reads: "1", blind: true });
  const [obstacle, setObstacle] = useState<string | null>(null);
  const [making, start] = useTransition();
  const form = useRef<HTMLFormElement>(null);
  const { preview, refresh } = usePreview(form);
  const impossible = new Set<FormKind>([
    ...(choices.cohorts.length === 0 ? (["cohort"] as const) : []),
    ...(choices.runs.length === 0 ? (["misclassified", "blank-but-model-positive"] as const) : []),
    ...(choices.runs.length + choices.checks.length === 0 ? (["label-errors"] as const) : []),
  ]);
  // Not the form's action: React empties a form after that, and what was refused would have to be typed again.
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    start(async () => setObstacle(await makeWorklist(null, fields)));
  };
  return (
    <form
      ref={form}
      onSubmit={submit}
      onChange={refresh}
      className="grid max-w-[1080px] items-start gap-4 lg:grid-cols-[560px_minmax(0,1fr)]"
    >
      <Card className="flex flex-col gap-4">
        {obstacle ? <Notice tone="error" title={obstacle} /> : null}
        <TextField label="Name" name="name" isRequired maxLength={120} autoFocus />
        <input type="hidden" name="filters" value={filters} />
        {filters === "" ? (
          <>
            <SelectField
              label="Kind"
              name="kind"
              value={kind}
              onChange={(value) => {
                setKind(formKinds.find((one) => one === value) ?? kind);
                refresh();
              }}
              description={kindWords[kind].about}
              options={formKinds.map((value) => ({
                value,
                label: kindWords[value].title,
                isDisabled: impossible.has(value),
                hint: impossible.has(value) ? "There is nothing to make it from yet." : undefined,
              }))}
            />
            <KindFields key={kind} kind={kind} choices={choices} first={first} onChange={refresh} />
            <SelectField
              label="Dataset"
              name="dataset"
              defaultValue=""
              onChange={refresh}
              options={[{ value: "", label: "All" }, ...datasets.map((value) => ({ value, label: value }))]}
            />
          </>
        ) : (
          <Notice title="From the filters of the images page">{wordsOf(filters)}</Notice>
        )}
        <SelectField
          label="Order"
          name="order"
          defaultValue=""
          options={[
            { value: "", label: filters === "" ? "The kind’s own" : "As imported" },
            ...worklistOrders.map((value) => ({ value, label: orderWords[value] })),
          ]}
        />
        <div className="grid grid-cols-2 gap-3">
          <TextField
            label="Reads of each study"
            name="readsWanted"
            value={manner.reads}
            onChange={(reads) => setManner({ ...manner, reads })}
            description="By as many readers"
          />
          <TextField
            label="At most, studies"
            name="limit"
            placeholder="all"
            description="The first of the order"
          />
        </div>
        <CheckboxField
          label="Blind"
          name="blind"
          isSelected={manner.blind}
          onChange={(blind) => setManner({ ...manner, blind })}
          description="No label, other read or model output is shown before the read is submitted."
        />
        <TextField
          label="Known cases, one in"
          name="knownEvery"
          placeholder="none"
          isDisabled={!manner.blind}
          description="Mixes in studies that are adjudicated or agreed on, untold: how each reader does on them is shown to you."
        />
        <MannerFields readers={readers} first={nothing} />
        <Button type="submit" variant="primary" size="lg" pending={making} className="self-start">
          Make the worklist
        </Button>
      </Card>
      <Preview preview={preview} reads={Number(manner.reads) || 1} blind={manner.blind} />
    </form>
  );
}

const nothing = { priority: 0, dueOn: null, readers: [] };

function wordsOf(filters: string): string {
  return [...new URLSearchParams(filters)].map(([name, value]) => `${name}: ${value}`).join(" · ");
}
