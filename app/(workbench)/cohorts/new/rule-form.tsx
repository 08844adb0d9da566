"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { SelectField, TextField } from "@/app/_components/field";
import { Notice } from "@/app/_components/notice";
import type { CohortSourceInput } from "@/server/cohorts/schema";
import type { ImageFilters } from "@/server/images/browse/schema";
import type { LabelPolicy } from "@/server/labels/policy";
import { ClassEditor } from "./class-editor";
import { type FirstRule, noFilters } from "./first-rule";
import { PolicyFields } from "./policy-fields";
import { PreviewCard } from "./preview-card";
import { usePreview } from "./use-preview";

export type RuleChoices = {
  readonly datasets: readonly string[];
  readonly views: readonly string[];
  readonly findings: readonly string[];
  readonly labelSets: readonly string[];
};
export type RuleClass = { readonly key: number; readonly name: string; readonly where: ImageFilters };

type Props = { first: FirstRule; choices: RuleChoices };
type Labels = { readonly set: string; readonly policy: LabelPolicy | undefined };

const current = "current";

/** A cohort by rule: per class a name and filters; an image goes to the first class that it passes. */
export function RuleForm({ first, choices }: Props) {
  const { counts, counting, creating, problem, ask, make } = usePreview();
  const [name, setName] = useState("");
  const [labels, setLabels] = useState<Labels>({ set: first.labelSet ?? current, policy: first.policy });
  const [classes, setClasses] = useState<readonly RuleClass[]>(() =>
    first.classes.map((one, key) => ({ key, ...one })),
  );
  const change = (next: readonly RuleClass[], by = labels) => {
    setClasses(next);
    setLabels(by);
    ask(sourceOf(next, by));
  };
  const edit = (changed: RuleClass) =>
    change(classes.map((one) => (one.key === changed.key ? changed : one)));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        make(name, sourceOf(classes, labels));
      }}
      aria-label="Cohort by rule"
      className="grid items-start gap-4 lg:grid-cols-[1fr_420px]"
    >
      <div className="flex min-w-0 flex-col gap-3">
        {classes.map((one, place) => (
          <ClassEditor
            key={one.key}
            place={place}
            of={classes.length}
            edited={one}
            choices={choices}
            onChange={edit}
            onRemove={
              classes.length > 2 ? () => change(classes.filter(({ key }) => key !== one.key)) : undefined
            }
          />
        ))}
        <Button
          icon={<Plus aria-hidden size={14} />}
          className="self-start"
          onPress={() => change([...classes, { key: nextKey(classes), name: "", where: noFilters }])}
        >
          Another class
        </Button>
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <Card>
          <div className="flex flex-col gap-4">
            {problem ? <Notice tone="error" title={problem} /> : null}
            <SelectField
              label="Labels"
              value={labels.set}
              onChange={(set) => change(classes, { ...labels, set })}
              options={[
                { value: current, label: "Current labels" },
                ...choices.labelSets.map((set) => ({ value: set, label: set, hint: "frozen" })),
              ]}
            />
            <PolicyFields
              policy={labels.policy}
              onChange={(policy) => change(classes, { ...labels, policy })}
            />
            <TextField label="Name of the cohort" value={name} onChange={setName} maxLength={120} />
            <div className="flex justify-end gap-2">
              <Button pending={counting} onPress={() => ask(sourceOf(classes, labels))}>
                Count
              </Button>
              <Button type="submit" variant="primary" pending={creating}>
                Make the cohort
              </Button>
            </div>
          </div>
        </Card>
        <PreviewCard
          counts={counts}
          counting={counting}
          empty="Say for each class which images belong to it: they are counted here."
        />
      </div>
    </form>
  );
}

function sourceOf(classes: readonly RuleClass[], { set, policy }: Labels): CohortSourceInput {
  const named = classes.map(({ name, where }, place) => ({
    name: name.trim() || `class ${place + 1}`,
    where,
  }));
  return { kind: "rule", rule: { classes: named, policy }, labelSet: set === current ? undefined : set };
}

function nextKey(classes: readonly RuleClass[]): number {
  return Math.max(...classes.map(({ key }) => key)) + 1;
}
