"use client";

import { SelectField } from "@/app/_components/field";
import { labelErrorRanks } from "@/server/reading/worklist-input";
import type { Choices } from "./kind-fields";

type Props = {
  choices: Choices;
  first: { readonly run?: string; readonly check?: string };
  onChange(): void;
};

const rankWords: Readonly<Record<(typeof labelErrorRanks)[number], string>> = {
  "self-confidence": "What the label itself gets, least first",
  "normalized-margin": "How far another class is ahead, furthest first",
};

/** Whose predictions the labels are held against, and what comes first. */
export function LabelErrorFields({ choices: { checks, runs }, first, onChange }: Props) {
  const sources = [
    ...checks.map(({ id, cohort, errors }) => ({
      value: `check:${id}`,
      label: `Check ${id} of ${cohort}`,
      hint: `every image, by heads that did not see its patient: ${errors.toLocaleString("en-US")} images`,
    })),
    ...runs.map(({ id, split }) => ({
      value: `run:${id}`,
      label: `Run ${id} on ${split}`,
      hint: "validation and test images only",
    })),
  ];
  const asked =
    first.check === undefined
      ? first.run === undefined
        ? undefined
        : `run:${first.run}`
      : `check:${first.check}`;
  return (
    <>
      <SelectField
        label="Predictions of"
        name="from"
        defaultValue={asked ?? sources[0]?.value}
        onChange={onChange}
        options={sources}
      />
      <SelectField
        label="First comes"
        name="rank"
        defaultValue={labelErrorRanks[0]}
        onChange={onChange}
        options={labelErrorRanks.map((value) => ({ value, label: rankWords[value] }))}
      />
    </>
  );
}
