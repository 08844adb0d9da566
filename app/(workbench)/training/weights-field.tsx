"use client";

import { useState, useTransition } from "react";
import { Button } from "@/app/_components/button";
import { SelectField } from "@/app/_components/field";
import { Notice } from "@/app/_components/notice";
import type { LaunchChoices } from "@/server/training/choices";
import { bring } from "./actions";
import { weightsHint, weightsStory } from "./weights-words";

type Props = {
  choices: LaunchChoices;
  network: string;
  chosen: string | undefined;
  choose: (weights: string | undefined) => void;
};

/** The weights of a frozen base: those that are here, and those that can be fetched from their source. */
export function WeightsField({ choices, network, chosen, choose }: Props) {
  const here = choices.weights.filter((weights) => weights.network === network);
  const presets = choices.presets.filter((preset) => preset.network === network);
  const selected = here.find(({ name }) => name === chosen);
  const empty =
    here.length + presets.length > 0 ? undefined : "Import a file: overread weights import --help";
  const description = selected ? weightsStory(selected) : empty;
  const [obstacle, setObstacle] = useState<string | null>(null);
  const [bringing, start] = useTransition();
  const fetchPreset = (name: string) =>
    start(async () => {
      const reason = await bring(name);
      setObstacle(reason);
      if (reason === null) choose(name);
    });
  return (
    <>
      <SelectField
        label="Weights"
        value={chosen ?? "random"}
        onChange={(name) => choose(name === "random" ? undefined : name)}
        description={description}
        options={[
          { value: "random", label: "Random", hint: "For a dry run only" },
          ...here.map((weights) => ({
            value: weights.name,
            label: weights.name,
            hint: weightsHint(weights),
          })),
        ]}
      />
      {presets.map(({ name, about, bytes }) => (
        <div key={name} className="-mt-2 flex items-center justify-between gap-3 text-[12px] text-dim">
          {about}
          <Button size="sm" pending={bringing} onPress={() => fetchPreset(name)}>
            {bytes === null ? "Fetch" : `Fetch ${Math.round(bytes / 1e6)} MB`}
          </Button>
        </div>
      ))}
      {obstacle ? <Notice tone="error">{obstacle}</Notice> : null}
    </>
  );
}
