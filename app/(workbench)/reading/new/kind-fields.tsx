"use client";

import { useState } from "react";
import { SelectField, TextField } from "@/app/_components/field";
import type { FormKind } from "./form-kinds";
import { LabelErrorFields } from "./label-error-fields";

export type Choices = {
  readonly findings: readonly string[];
  readonly cohorts: readonly { id: number; name: string }[];
  readonly runs: readonly { id: number; split: string; classes: readonly string[] }[];
  /** Checks of label errors that are done. */
  readonly checks: readonly { id: number; cohort: string; errors: number }[];
};

type Props = {
  kind: FormKind;
  choices: Choices;
  /** Chosen by the address: a link from a run or a cohort. */
  first: { readonly run?: string; readonly cohort?: string; readonly check?: string };
  onChange(): void;
};

/** What a kind has to know beside its name. */
export function KindFields({ kind, choices, first, onChange }: Props) {
  switch (kind) {
    case "uncertain-first":
      return (
        <TextField
          label="Uncertain findings, at least"
          name="minUncertain"
          defaultValue="1"
          description="0 takes all studies, the doubtful ones first."
        />
      );
    case "cohort":
      return (
        <SelectField
          label="Cohort"
          name="cohort"
          defaultValue={first.cohort ?? String(choices.cohorts[0]?.id ?? "")}
          onChange={onChange}
          options={choices.cohorts.map(({ id, name }) => ({ value: String(id), label: name }))}
        />
      );
    case "misclassified":
      return <RunField runs={choices.runs} first={first.run} onChange={onChange} />;
    case "blank-but-model-positive":
      return <ModelFields choices={choices} first={first.run} onChange={onChange} />;
    case "label-errors":
      return <LabelErrorFields choices={choices} first={first} onChange={onChange} />;
    case "disagreements":
      return null;
    case "random":
      return <TextField label="Seed" name="seed" defaultValue="42" />;
  }
}

type RunProps = { runs: Choices["runs"]; first?: string; onChange(run: string): void };

function RunField({ runs, first, onChange }: RunProps) {
  return (
    <SelectField
      label="Run"
      name="run"
      defaultValue={first ?? String(runs[0]?.id ?? "")}
      onChange={onChange}
      options={runs.map(({ id, split }) => ({ value: String(id), label: `Run ${id}`, hint: `on ${split}` }))}
    />
  );
}

/** A class of the run's model, and the finding that it is taken for. */
function ModelFields({ choices, first, onChange }: { choices: Choices; first?: string; onChange(): void }) {
  const [run, setRun] = useState(first ?? String(choices.runs[0]?.id ?? ""));
  const classes = choices.runs.find(({ id }) => String(id) === run)?.classes ?? [];
  const changeRun = (next: string) => {
    setRun(next);
    onChange();
  };
  return (
    <>
      <RunField runs={choices.runs} first={run} onChange={changeRun} />
      <div className="grid grid-cols-[1fr_1fr_112px] gap-3">
        <SelectField
          key={run}
          label="The model's class"
          name="className"
          defaultValue={classes[0]}
          onChange={onChange}
          options={classes.map((value) => ({ value, label: value }))}
        />
        <SelectField
          label="stands for"
          name="finding"
          defaultValue={likely(classes[0], choices.findings)}
          onChange={onChange}
          options={choices.findings.map((value) => ({ value, label: value }))}
        />
        <TextField label="from probability" name="threshold" defaultValue="0.5" />
      </div>
    </>
  );
}

/** The finding whose name begins like the class's: "covid" → "COVID-19". */
function likely(className: string | undefined, findings: readonly string[]): string | undefined {
  const start = className?.slice(0, 5).toLowerCase() ?? "";
  return findings.find((name) => name.toLowerCase().startsWith(start)) ?? findings[0];
}
