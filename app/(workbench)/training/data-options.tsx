import { NumberField, SelectField } from "@/app/_components/field";
import type { OptionsProps } from "./more-options";

const balances = [
  { value: "weights", label: "Class weights", means: { classWeights: "balanced", sampling: "all" } },
  { value: "over", label: "Oversampling", means: { classWeights: undefined, sampling: "over" } },
  { value: "under", label: "Undersampling", means: { classWeights: undefined, sampling: "under" } },
  { value: "none", label: "None", means: { classWeights: "none", sampling: "all" } },
] as const;

/** What a run is shown of its images, and in which proportion. */
export function DataOptions({ configuration, change }: OptionsProps) {
  const { training, rotation, augmentedViews, network } = configuration;
  const { sampling, classWeights } = training;
  const balance = sampling === "all" ? (classWeights === "balanced" ? "weights" : "none") : sampling;
  return (
    <>
      <SelectField
        label="Class balance"
        value={balance}
        onChange={(kind) => {
          const chosen = balances.find(({ value }) => value === kind);
          if (chosen) change(chosen.means);
        }}
        options={balances}
      />
      <NumberField
        label="Rotation, degrees"
        minValue={0}
        maxValue={45}
        value={rotation}
        onChange={(angle) => change({ rotation: angle })}
      />
      {network === "compact" ? null : (
        <NumberField
          label="Rotated views"
          minValue={0}
          maxValue={16}
          value={augmentedViews}
          onChange={(views) => change({ augmentedViews: views })}
        />
      )}
      <NumberField
        label="Seed"
        minValue={0}
        value={training.seed}
        formatOptions={{ useGrouping: false }}
        onChange={(seed) => change({ seed })}
      />
    </>
  );
}
