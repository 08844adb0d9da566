"use client";

import { useState } from "react";
import { SelectField, TextField } from "@/app/_components/field";

type Props = {
  kind: string;
  findings: readonly string[];
  cohorts: readonly { id: number; name: string }[];
  runs: readonly { id: number; split: string; classes: readonly string[] }[];
};

/** What a kind has to know beside its name. */
export function KindFields({ kind, findings, cohorts, runs }: Props) {
  const [run, setRun] = useState(String(runs[0]?.id ?? ""));
  const classes = runs.find(({ id }) => String(id) === run)?.classes ?? [];
  const runField = (
    <SelectField
      label="Run"
      name="run"
      value={run}
      onChange={setRun}
      options={runs.map(({ id, split }) => ({ value: String(id), label: `Run ${id}`, hint: `on ${split}` }))}
    />
  );
  switch (kind) {
    case "cohort":
      return (
        <SelectField
          label="Cohort"
          name="cohort"
          defaultValue={String(cohorts[0]?.id ?? "")}
          options={cohorts.map(({ id, name }) => ({ value: String(id), label: name }))}
        />
      );
    case "misclassified":
      return runField;
    case "blank-but-model-positive":
      return (
        <>
          {runField}
          <div className="grid grid-cols-2 gap-3">
            <SelectField
              key={run}
              label="The model's class"
              name="className"
              defaultValue={classes[0]}
              options={classes.map((value) => ({ value, label: value }))}
            />
            <SelectField
              label="stands for"
              name="finding"
              defaultValue={findings.at(-1)}
              options={findings.map((value) => ({ value, label: value }))}
            />
          </div>
        </>
      );
    case "random":
      return <TextField label="Seed" name="seed" defaultValue="42" />;
    default:
      return null;
  }
}
