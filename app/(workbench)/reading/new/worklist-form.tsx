"use client";

import { useActionState, useState } from "react";
import { Button } from "@/app/_components/button";
import { CheckboxField, SelectField, TextField } from "@/app/_components/field";
import { Notice } from "@/app/_components/notice";
import { makeWorklist } from "../actions";
import { kindWords } from "../words";
import { KindFields } from "./kind-fields";

type Props = {
  /** Query string of the images page's filters; empty where a kind decides. */
  filters: string;
  datasets: readonly string[];
  findings: readonly string[];
  cohorts: readonly { id: number; name: string }[];
  runs: readonly { id: number; split: string; classes: readonly string[] }[];
};

const kinds = ["uncertain-first", "blank-but-model-positive", "cohort", "misclassified", "random"] as const;

export function WorklistForm({ filters, datasets, findings, cohorts, runs }: Props) {
  const [obstacle, submit, making] = useActionState(makeWorklist, null);
  const [kind, setKind] = useState<(typeof kinds)[number]>("uncertain-first");
  const impossible = {
    "uncertain-first": false,
    random: false,
    cohort: cohorts.length === 0,
    misclassified: runs.length === 0,
    "blank-but-model-positive": runs.length === 0,
  };
  return (
    <form action={submit} className="flex flex-col gap-4">
      <TextField label="Name" name="name" isRequired maxLength={120} />
      <input type="hidden" name="filters" value={filters} />
      {filters === "" ? (
        <>
          <SelectField
            label="Kind"
            name="kind"
            value={kind}
            onChange={(value) => setKind(kinds.find((one) => one === value) ?? kind)}
            description={kindWords[kind].about}
            options={kinds.map((value) => ({
              value,
              label: kindWords[value].title,
              isDisabled: impossible[value],
              hint: impossible[value] ? "There is nothing to make it from yet." : undefined,
            }))}
          />
          <KindFields kind={kind} findings={findings} cohorts={cohorts} runs={runs} />
          <SelectField
            label="Dataset"
            name="dataset"
            defaultValue=""
            options={[{ value: "", label: "All" }, ...datasets.map((value) => ({ value, label: value }))]}
          />
        </>
      ) : (
        <Notice title="From the filters of the images page">
          {decodeURIComponent(filters).replaceAll("&", " · ")}
        </Notice>
      )}
      <div className="grid grid-cols-2 gap-3">
        <TextField label="Reads of each study" name="readsWanted" defaultValue="1" />
        <TextField label="At most, studies" name="limit" placeholder="all" />
      </div>
      <CheckboxField
        label="Blind"
        name="blind"
        defaultSelected
        description="No label, other read or model output is shown before the read is submitted."
      />
      {obstacle ? <Notice tone="error">{obstacle}</Notice> : null}
      <Button type="submit" variant="primary" size="lg" pending={making} className="self-start">
        Make the worklist
      </Button>
    </form>
  );
}
