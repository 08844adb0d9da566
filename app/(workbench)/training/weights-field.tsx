"use client";

import { SelectField } from "@/app/_components/field";
import type { LaunchChoices } from "@/server/training/choices";
import { FetchPreset } from "./fetch-preset";
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
      {presets.map((preset) => (
        <FetchPreset key={preset.name} {...preset} choose={choose} />
      ))}
    </>
  );
}
