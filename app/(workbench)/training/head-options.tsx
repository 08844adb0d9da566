import { NumberField, SelectField } from "@/app/_components/field";
import type { RunConfiguration } from "@/server/training/schema";
import type { OptionsProps } from "./more-options";

/** What the head is made of and what it is judged by. */
export function HeadOptions({ configuration, change }: OptionsProps) {
  const { training, network, pooling } = configuration;
  return (
    <>
      <NumberField
        label="Hidden units"
        minValue={1}
        maxValue={4096}
        value={training.hidden}
        onChange={(hidden) => change({ hidden })}
      />
      <NumberField
        label="Dropout"
        minValue={0}
        maxValue={0.9}
        step={0.1}
        value={training.dropout}
        onChange={(dropout) => change({ dropout })}
      />
      <NumberField
        label="L1 penalty"
        minValue={0}
        maxValue={10}
        step={0.0001}
        formatOptions={{ maximumFractionDigits: 6 }}
        value={training.l1}
        onChange={(l1) => change({ l1 })}
      />
      <NumberField
        label="L2 penalty"
        minValue={0}
        maxValue={10}
        step={0.0001}
        formatOptions={{ maximumFractionDigits: 6 }}
        value={training.l2}
        onChange={(l2) => change({ l2 })}
      />
      <SelectField
        className="col-span-2"
        label="Loss"
        value={training.loss}
        onChange={(loss) => change({ loss })}
        description={
          training.loss === "binary-crossentropy"
            ? "The textbook's, as the study had it; Keras 3 would take the sigmoid's of the scores instead"
            : undefined
        }
        options={[
          { value: "binary-crossentropy", label: "Binary cross-entropy, as published" },
          { value: "categorical-crossentropy", label: "Categorical cross-entropy" },
        ]}
      />
      <SelectField
        className="col-span-2"
        label="Pooling"
        value={pooling}
        onChange={(kind) => change({ pooling: kind })}
        description={pooling === "gap" ? undefined : publishedPoolingNote(network)}
        options={[
          { value: "gap", label: "Mean of the map" },
          { value: "avgpool4x4-flatten", label: "4 × 4 averages, as published" },
        ]}
      />
    </>
  );
}

/** Keras' pooling takes whole windows only. */
function publishedPoolingNote(network: RunConfiguration["network"]): string {
  return network === "compact"
    ? "Nine averages of the 12 × 12 map"
    : "Of the 7 × 7 map it sees only the top-left 4 × 4: offered to repeat the study";
}
