"use client";

import { type ReactNode, useActionState } from "react";
import { Button } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { CheckboxField, SelectField } from "@/app/_components/field";
import { Notice } from "@/app/_components/notice";
import { percent } from "@/app/_components/share";
import type { LaunchChoices } from "@/server/training/choices";
import { trainableNetworks } from "@/server/training/networks";
import type { LaunchInput, RunConfiguration } from "@/server/training/schema";
import { launch } from "./actions";
import { HiddenChoices, useChoicesInAddress } from "./choices-in-address";
import { MoreOptions } from "./more-options";
import { WeightsField } from "./weights-field";

type Props = {
  launchKey: string;
  choices: LaunchChoices;
  chosen: LaunchInput;
  /** With every default filled in; null while the run cannot be launched. */
  configuration: RunConfiguration | null;
  /** What the run will do, worked out on the server from the address. */
  children: ReactNode;
};

/** Split, network and weights; the rest is folded. Every choice stands in the address. */
export function LaunchForm({ launchKey, choices, chosen, configuration, children }: Props) {
  const { planning, change } = useChoicesInAddress("/training", chosen);
  const [obstacle, submit, launching] = useActionState(launch, null);
  const frozen = trainableNetworks[chosen.network].trained === "head";
  return (
    <div className="grid items-stretch gap-4 lg:grid-cols-[380px_1fr]">
      <Card title="New run">
        <form action={submit} className="flex flex-col gap-4">
          <HiddenChoices chosen={chosen} idempotencyKey={launchKey} />
          <SelectField
            label="Split"
            value={String(chosen.split)}
            onChange={(split) => change({ split })}
            options={choices.splits.map((split) => ({
              value: String(split.id),
              label: split.name,
              hint: hintOf(split),
            }))}
          />
          <SelectField
            label="Network"
            value={chosen.network}
            onChange={(network) =>
              change({ network, weights: undefined, preset: undefined, fineTune: undefined })
            }
            description={trainableNetworks[chosen.network].about}
            options={Object.values(trainableNetworks).map(({ name, title }) => ({
              value: name,
              label: title,
            }))}
          />
          {frozen ? (
            <>
              <WeightsField
                choices={choices}
                network={chosen.network}
                chosen={chosen.weights}
                choose={(weights) => change({ weights })}
              />
              <CheckboxField
                label="Published preset"
                description="As the study trained: four rotations, 4 × 4 pooling, Adam, 50 epochs, balanced classes"
                isSelected={chosen.preset === "published"}
                onChange={(selected) => change({ preset: selected ? "published" : undefined })}
              />
            </>
          ) : null}
          {configuration ? <MoreOptions configuration={configuration} change={change} /> : null}
          {obstacle ? <Notice tone="error">{obstacle}</Notice> : null}
          <Button
            type="submit"
            variant="primary"
            size="lg"
            pending={launching}
            isDisabled={configuration === null || planning}
          >
            Launch run
          </Button>
        </form>
      </Card>
      <div className={`grid transition-opacity ${planning ? "opacity-50" : ""}`} aria-busy={planning}>
        {children}
      </div>
    </div>
  );
}

function hintOf({ cohort, images, leaks }: LaunchChoices["splits"][number]): string {
  const worst = [...leaks].sort((a, b) => b.leaked / b.images - a.leaked / a.images)[0];
  const leak = worst
    ? `leaks ${percent(worst.leaked, worst.images)} of ${worst.className} test images`
    : "no leak";
  return `${leak} · ${cohort}, ${images.toLocaleString("en-US")} images`;
}
