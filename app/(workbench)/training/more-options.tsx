"use client";

import { ChevronRight } from "lucide-react";
import { NumberField, SelectField } from "@/app/_components/field";
import type { LaunchInput, RunConfiguration } from "@/server/training/schema";

type Props = {
  configuration: RunConfiguration;
  change(changes: Partial<Record<keyof LaunchInput, string | number>>): void;
};

/** Everything that has a good default. Shows the values in force, wherever they come from. */
export function MoreOptions({ configuration, change }: Props) {
  const { training, rotation, augmentedViews, network, pooling } = configuration;
  return (
    <details className="group">
      <summary className="flex cursor-pointer list-none items-center gap-1 text-dim hover:text-text">
        <ChevronRight aria-hidden size={14} className="transition-transform group-open:rotate-90" />
        More options
      </summary>
      <div className="mt-3 grid grid-cols-2 gap-3">
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
        <NumberField
          label="Learning rate"
          minValue={0.000001}
          step={0.0001}
          formatOptions={{ maximumFractionDigits: 6 }}
          value={training.learningRate}
          onChange={(learningRate) => change({ learningRate })}
        />
        <NumberField
          label="Dropout"
          minValue={0}
          maxValue={0.9}
          step={0.1}
          value={training.dropout}
          onChange={(dropout) => change({ dropout })}
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
        <SelectField
          label="Class weights"
          value={training.classWeights}
          onChange={(classWeights) => change({ classWeights })}
          options={[
            { value: "balanced", label: "Balanced" },
            { value: "none", label: "None" },
          ]}
        />
        <div className="col-span-2">
          <SelectField
            label="Pooling"
            value={pooling}
            onChange={(kind) => change({ pooling: kind })}
            description={pooling === "gap" ? undefined : publishedPoolingNote(network)}
            options={[
              { value: "gap", label: "Mean of the map" },
              { value: "avgpool4x4-flatten", label: "4 × 4 averages, as published" },
            ]}
          />
        </div>
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
      </div>
    </details>
  );
}

/** Keras' pooling takes whole windows only. */
function publishedPoolingNote(network: RunConfiguration["network"]): string {
  return network === "compact"
    ? "Nine averages of the 12 × 12 map"
    : "Of the 7 × 7 map it sees only the top-left 4 × 4: offered to repeat the study";
}
