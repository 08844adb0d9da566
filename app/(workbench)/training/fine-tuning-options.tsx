import { NumberField, SelectField } from "@/app/_components/field";
import { trainableNetworks } from "@/server/training/networks";
import type { OptionsProps } from "./more-options";

/** Whether the base is trained too once the head is, from where on and how gently. */
export function FineTuningOptions({ configuration, change }: OptionsProps) {
  const { network, fineTuning } = configuration;
  const { stages, trained } = trainableNetworks[network];
  if (trained === "whole") return null;
  const value = fineTuning === null ? "none" : (fineTuning.from ?? "whole");
  const none = { fineTuneEpochs: undefined, fineTuneLearningRate: undefined, fineTuneBatchSize: undefined };
  return (
    <>
      <SelectField
        className="col-span-2"
        label="Fine-tuning"
        value={value}
        onChange={(from) => change(from === "none" ? { fineTune: undefined, ...none } : { fineTune: from })}
        description={
          fineTuning
            ? "After the head: base and head together, BatchNorm's statistics frozen. Needs far more time and memory"
            : undefined
        }
        options={[
          { value: "none", label: "None, the base stays frozen" },
          { value: "whole", label: "The whole base" },
          ...stages.map((stage) => ({ value: stage, label: `From ${stage} on` })),
        ]}
      />
      {fineTuning ? (
        <>
          <NumberField
            label="Its epochs"
            minValue={1}
            maxValue={1000}
            value={fineTuning.epochs}
            onChange={(fineTuneEpochs) => change({ fineTuneEpochs })}
          />
          <NumberField
            label="Its batch size"
            minValue={1}
            maxValue={1024}
            value={fineTuning.batchSize}
            onChange={(fineTuneBatchSize) => change({ fineTuneBatchSize })}
          />
          <NumberField
            label="Its learning rate"
            minValue={0.0000001}
            step={0.00001}
            formatOptions={{ maximumFractionDigits: 8 }}
            value={fineTuning.learningRate}
            onChange={(fineTuneLearningRate) => change({ fineTuneLearningRate })}
          />
        </>
      ) : null}
    </>
  );
}
