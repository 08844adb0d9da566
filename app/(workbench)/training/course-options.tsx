import { NumberField, SelectField } from "@/app/_components/field";
import type { OptionsProps } from "./more-options";

/** How long and how fast a run learns. */
export function CourseOptions({ configuration: { training, device }, change }: OptionsProps) {
  return (
    <>
      <NumberField
        label="Epochs"
        minValue={1}
        maxValue={1000}
        value={training.epochs}
        onChange={(epochs) => change({ epochs })}
      />
      <NumberField
        label="Batch size"
        minValue={1}
        maxValue={1024}
        value={training.batchSize}
        onChange={(batchSize) => change({ batchSize })}
      />
      <SelectField
        label="Optimizer"
        value={training.optimizer}
        onChange={(optimizer) => change({ optimizer })}
        options={[
          { value: "adam", label: "Adam" },
          { value: "sgd", label: "SGD" },
        ]}
      />
      <NumberField
        label="Learning rate"
        minValue={0.000001}
        step={0.0001}
        formatOptions={{ maximumFractionDigits: 6 }}
        value={training.learningRate}
        onChange={(learningRate) => change({ learningRate })}
      />
      <NumberField
        label="Decay a step"
        minValue={0}
        maxValue={1}
        step={0.00001}
        formatOptions={{ maximumFractionDigits: 8 }}
        value={training.decay}
        onChange={(decay) => change({ decay })}
      />
      <NumberField
        label="Patience, 0 for none"
        minValue={0}
        maxValue={1000}
        value={training.earlyStopping?.patience ?? 0}
        onChange={(epochs) => change({ earlyStopping: epochs === 0 ? undefined : epochs })}
      />
      <SelectField
        label="Trained on"
        value={device}
        onChange={(kind) => change({ device: kind === "any" ? undefined : kind })}
        options={[
          { value: "any", label: "Any worker" },
          { value: "gpu", label: "A GPU only" },
        ]}
      />
    </>
  );
}
