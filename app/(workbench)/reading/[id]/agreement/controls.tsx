"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { NumberField, type Option, SelectField } from "@/app/_components/field";
import type { ComparableModel } from "@/server/reading/model-scores";
import { type Choices, hrefWith } from "./choices";

type Props = {
  worklist: number;
  choices: Choices;
  findings: readonly string[];
  references: readonly Option[];
  models: readonly ComparableModel[];
};

/** Which finding, which consensus, which model; each choice is in the address. */
export function Controls({ worklist, choices, findings, references, models }: Props) {
  const router = useRouter();
  const [waiting, start] = useTransition();
  const [threshold, setThreshold] = useState(choices.threshold);
  const go = (change: Partial<Choices>) =>
    start(() => router.replace(hrefWith(worklist, { ...choices, ...change }), { scroll: false }));
  const classes = models.flatMap(({ run, network, classes: names, studies }) =>
    names.map((className) => ({
      model: { run, className },
      value: `${run} ${className}`,
      label: `Run ${run} · ${className}`,
      hint: `${network}, ${studies.toLocaleString("en-US")} of these studies in its test part`,
    })),
  );
  const { model } = choices;
  return (
    <div aria-busy={waiting} className="grid grid-cols-2 gap-3 2xl:grid-cols-4">
      <SelectField
        label="Finding"
        options={findings.map((name) => ({ value: name, label: name }))}
        value={choices.finding ?? undefined}
        onChange={(finding) => go({ finding })}
      />
      <SelectField
        label="Held against"
        options={references}
        value={choices.reference}
        onChange={(name) => go({ reference: name === "others" ? "others" : "consensus" })}
      />
      <SelectField
        label="Model"
        options={[
          { value: "none", label: classes.length === 0 ? "None has predicted these" : "None" },
          ...classes,
        ]}
        value={model ? `${model.run} ${model.className}` : "none"}
        onChange={(value) => go({ model: classes.find((one) => one.value === value)?.model ?? null })}
      />
      <NumberField
        label="Says yes from"
        value={threshold}
        minValue={0}
        maxValue={1}
        step={0.05}
        isDisabled={model === null}
        onChange={(value) => {
          setThreshold(value);
          if (model) go({ threshold: value });
        }}
      />
    </div>
  );
}
