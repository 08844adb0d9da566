"use client";

import { type ReactNode, useActionState } from "react";
import { Button } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { NumberField, SelectField } from "@/app/_components/field";
import { Notice } from "@/app/_components/notice";
import type { LaunchChoices } from "@/server/training/choices";
import { type SweepInput, type SweepPlan, trialsOf } from "@/server/training/sweeps/schema";
import { HiddenChoices, useChoicesInAddress } from "../choices-in-address";
import { duration } from "../duration";
import { WeightsField } from "../weights-field";
import { startSweep } from "./actions";
import { planWords } from "./plan-words";
import { frozenNetworks } from "./sweep-search";

type Props = {
  sweepKey: string;
  choices: LaunchChoices;
  chosen: SweepInput;
  /** Null while the sweep cannot be started. */
  plan: { trials: number; seconds: number } | null;
  children: ReactNode;
};

/** Split, base and plan. Every choice stands in the address; the button says how much it will be. */
export function SweepForm({ sweepKey, choices, chosen, plan, children }: Props) {
  const { planning, change } = useChoicesInAddress("/training/sweeps", chosen);
  const [obstacle, submit, starting] = useActionState(startSweep, null);
  return (
    <div className="grid items-stretch gap-4 lg:grid-cols-[380px_1fr]">
      <Card title="New sweep">
        <form action={submit} className="flex flex-col gap-4">
          <HiddenChoices chosen={chosen} idempotencyKey={sweepKey} />
          <SelectField
            label="Split"
            value={String(chosen.split)}
            onChange={(split) => change({ split })}
            options={choices.splits.map(({ id, name, cohort, images }) => ({
              value: String(id),
              label: name,
              hint: `${cohort}, ${images.toLocaleString("en-US")} images`,
            }))}
          />
          <SelectField
            label="Frozen base"
            value={chosen.network}
            onChange={(network) => change({ network, weights: undefined })}
            options={frozenNetworks.map(({ name, title }) => ({ value: name, label: title }))}
          />
          <WeightsField
            choices={choices}
            network={chosen.network}
            chosen={chosen.weights}
            choose={(weights) => change({ weights })}
          />
          <SelectField
            label="Plan"
            value={chosen.plan}
            onChange={(next) => change({ plan: next, trials: undefined })}
            options={(Object.keys(planWords) as SweepPlan[]).map((value) => ({
              value,
              label: planWords[value].title,
              hint: planWords[value].hint,
            }))}
          />
          {chosen.plan === "published" ? null : (
            <NumberField
              label={chosen.plan === "halving" ? "Trials to begin with" : "Trials"}
              minValue={2}
              maxValue={500}
              value={trialsOf(chosen)}
              onChange={(trials) => change({ trials })}
            />
          )}
          {obstacle ? <Notice tone="error">{obstacle}</Notice> : null}
          <Button
            type="submit"
            variant="primary"
            size="lg"
            pending={starting}
            isDisabled={plan === null || planning}
          >
            {plan ? `Train ${plan.trials} heads · about ${duration(plan.seconds)}` : "Start sweep"}
          </Button>
        </form>
      </Card>
      <div className={`grid transition-opacity ${planning ? "opacity-50" : ""}`} aria-busy={planning}>
        {children}
      </div>
    </div>
  );
}
