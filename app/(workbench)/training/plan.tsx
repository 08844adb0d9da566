import Link from "next/link";
import { Card } from "@/app/_components/card";
import { Notice } from "@/app/_components/notice";
import { PartTag } from "@/app/_components/part-tag";
import { leakSentence } from "@/server/training/leaks";
import type { planLaunch } from "@/server/training/plan";
import { balanceOf, fineTuningInWords, penaltyOf } from "./course-words";
import { basisWords, duration } from "./duration";

type Planned = Awaited<ReturnType<typeof planLaunch>>;
type LaunchPlan = Extract<Planned, { ok: true }>["value"];

/** What the launch will do, in words, before it is pressed. */
export function Plan({ plan }: { plan: Planned }) {
  if (!plan.ok) {
    return (
      <Card title="What this run will do">
        <Notice tone="error" title="This run cannot be launched">
          {plan.message}
        </Notice>
      </Card>
    );
  }
  const { leaks, random, split, title, gpu } = plan.value;
  return (
    <Card title="What this run will do" className="flex flex-col">
      <div className="flex flex-1 flex-col gap-4">
        {leaks.length > 0 ? (
          <Notice tone="warn" title={leakSentence(leaks)}>
            The test figures will flatter the model.{" "}
            <Link href={`/splits/${split.id}`} className="text-accent underline underline-offset-2">
              See the pairs and mend the split
            </Link>
          </Notice>
        ) : null}
        {random ? (
          <Notice tone="warn" title="The base has random weights">
            No weights are chosen, so the frozen {title} gives random features. Good for a dry run; import
            weights for a model.
          </Notice>
        ) : null}
        {gpu === false ? (
          <Notice tone="warn" title="No worker here is known to have a GPU">
            The run will wait for one that has. Without the demand for a GPU it starts at once.
          </Notice>
        ) : null}
        <Parts plan={plan.value} />
        <Words plan={plan.value} />
      </div>
    </Card>
  );
}

function Parts({ plan }: { plan: LaunchPlan }) {
  return (
    <table className="w-full border-separate border-spacing-0" aria-label="Images per part and class">
      <thead>
        <tr className="text-[12px] text-dim">
          <th className="h-8 border-line border-b text-left font-medium">Part</th>
          {plan.classes.map((name) => (
            <th key={name} className="h-8 border-line border-b px-2.5 text-right font-medium">
              {name}
            </th>
          ))}
          <th className="h-8 border-line border-b px-2.5 text-right font-medium">Images</th>
          <th className="h-8 border-line border-b text-right font-medium">Patients</th>
        </tr>
      </thead>
      <tbody className="tabular-nums">
        {plan.parts.map(({ part, images, patients, classes }) => (
          <tr key={part}>
            <td className="h-8 border-line border-b">
              <PartTag part={part} />
            </td>
            {plan.classes.map((name, at) => (
              <td key={name} className="h-8 border-line border-b px-2.5 text-right">
                {(classes[at] ?? 0).toLocaleString("en-US")}
              </td>
            ))}
            <td className="h-8 border-line border-b px-2.5 text-right">{images.toLocaleString("en-US")}</td>
            <td className="h-8 border-line border-b text-right">{patients.toLocaleString("en-US")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Words({ plan }: { plan: LaunchPlan }) {
  const { configuration, classWeights, estimate, classes } = plan;
  const { training, augmentedViews, rotation, weights, pooling, fineTuning } = configuration;
  const features = estimate.features;
  const penalty = penaltyOf(training);
  return (
    <ul className="flex list-disc flex-col gap-1 pl-4 marker:text-faint">
      {features ? (
        <li>
          {plan.title}
          {weights ? ` with the weights “${weights.name}”` : " with random weights"}{" "}
          {fineTuning ? " is frozen at first" : " stays frozen"};{" "}
          {features.missing === 0
            ? "its features of these films are stored already."
            : `its features are extracted once${augmentedViews > 0 ? `, with ${augmentedViews} rotations of each training film by up to ${rotation}°` : ""} (${features.missing.toLocaleString("en-US")} views${features.stored > 0 ? `, ${features.stored.toLocaleString("en-US")} are stored already` : ""}).`}
        </li>
      ) : (
        <li>
          {plan.title} learns from scratch, each training film turned by up to {rotation}° anew in every
          epoch.
        </li>
      )}
      {pooling === "avgpool4x4-flatten" ? (
        <li>
          The last map is pooled by 4 × 4 as published
          {features ? ": of its 7 × 7 cells the head sees only the top-left 4 × 4" : ""}.
        </li>
      ) : null}
      <li>
        {training.epochs} epochs in batches of {training.batchSize},{" "}
        {training.optimizer === "adam" ? "Adam" : "SGD"} from {training.learningRate} on, decaying by{" "}
        {training.decay.toPrecision(3)} a step, dropout {training.dropout}, seed {training.seed}.
        {training.earlyStopping
          ? ` Stops after ${training.earlyStopping.patience} epochs without a lower validation loss and keeps the best.`
          : ""}
      </li>
      <li>
        The head has {training.hidden} hidden units and{" "}
        {training.loss === "binary-crossentropy" ? "binary" : "categorical"} cross-entropy
        {penalty ? `, with ${penalty}` : ""}.
      </li>
      <li>
        {classWeights
          ? `An image weighs ${classes.map((name, at) => `${classWeights[at]?.toFixed(2)} for ${name}`).join(", ")}, so that the classes count alike.`
          : training.sampling === "all"
            ? "Every image weighs the same, whatever its class."
            : `The classes are ${balanceOf(training)}.`}
      </li>
      {fineTuning ? (
        <li>
          Then {fineTuningInWords(fineTuning)}, with BatchNorm's statistics frozen; the model then holds a
          base of its own.
        </li>
      ) : null}
      <li>
        About <b className="font-semibold">{duration(estimate.seconds)}</b> on the {estimate.engine} engine,{" "}
        {basisWords[estimate.basis]}.
      </li>
    </ul>
  );
}
