import Link from "next/link";
import type { ReactNode } from "react";
import { RelativeTime } from "@/app/_components/relative-time";
import { sharesText } from "@/server/splits/rules";
import { balanceOf, penaltyOf } from "../../../training/course-words";
import { duration } from "../../../training/duration";
import type { Model } from "../model";

export type Fact = readonly [name: string, value: ReactNode];

export function dataOf({ split, cohort, labelSet, datasetVersions, classes, metrics }: Model): Fact[] {
  const versions = Object.entries(datasetVersions).map(([name, version]) => `${name} version ${version}`);
  const { train, validation, test } = metrics.parts;
  return [
    ["Split", <LinkTo key="split" href={`/splits/${split.id}`} name={split.name} />],
    ["Drawn", `${split.strategy}, ${sharesText(split.shares)}, seed ${split.seed}`],
    ["Cohort", <LinkTo key="cohort" href={`/cohorts/${cohort.id}`} name={cohort.name} />],
    ["Label set", labelSet ?? "none: the cohort names its classes itself"],
    ["Datasets", versions.join(", ")],
    ["Classes", classes.length === 2 ? `${classes[0]} (positive), ${classes[1]}` : classes.join(", ")],
    ["Images", `${train.images} train, ${validation.images} validation, ${test.images} test`],
  ];
}

export function trainingOf({ configuration, network, weights }: Model): Fact[] {
  const { training, preset, preprocess, pooling, augmentedViews, rotation } = configuration;
  const frozen = configuration.network !== "compact";
  return [
    ["Preset", preset ?? "none"],
    ["Network", `${network.title}, ${frozen ? "base frozen" : "trained whole"}`],
    ["Weights", frozen ? (weights ?? `random, from seed ${training.seed}`) : "trained from scratch"],
    ["Preprocess", preprocess],
    ["Pooling", pooling === "gap" ? "mean of the last map" : "4 × 4 averages, flattened, as published"],
    [
      "Augmentation",
      frozen && augmentedViews === 0
        ? "none"
        : `${frozen ? `${augmentedViews} views, ` : ""}rotation up to ${rotation}°`,
    ],
    [
      "Epochs",
      training.earlyStopping
        ? `${training.epochs}, stops after ${training.earlyStopping.patience} without gain`
        : training.epochs,
    ],
    ["Batch size", training.batchSize],
    [
      "Optimizer",
      `${training.optimizer}, learning rate ${training.learningRate}, decay ${training.decay.toPrecision(3)} per step`,
    ],
    ["Head", `${training.hidden} ReLU units, dropout ${training.dropout}, softmax`],
    ["Loss", training.loss],
    ["Penalty", penaltyOf(training) ?? "none"],
    ["Classes", balanceOf(training)],
    ["Seed", training.seed],
  ];
}

export function machineOf({ engine, codeVersion, modelSha256, configuration }: Model): Fact[] {
  return [
    ["Code", codeVersion],
    ["Engine", engine ? `${engine.name} ${engine.version}` : "–"],
    ["Library", engine?.library ?? "–"],
    ["Device", engine?.device ?? "–"],
    ["Why this engine", engine?.why ?? "–"],
    ["Model", <Hash key="model" of={modelSha256} />],
    ["Weights object", <Hash key="weights" of={configuration.weights?.sha256 ?? null} />],
  ];
}

export function courseOf({
  createdBy,
  createdAt,
  startedAt,
  finishedAt,
  seconds,
  metrics,
  epochs,
}: Model): Fact[] {
  return [
    ["Launched by", createdBy],
    ["Launched", <RelativeTime key="created" at={createdAt} />],
    ["Started", <RelativeTime key="started" at={startedAt} />],
    ["Ended", <RelativeTime key="ended" at={finishedAt} />],
    [
      "Features",
      seconds && seconds.extracted > 0
        ? `${seconds.extracted} views in ${duration(seconds.features)}`
        : "nothing to extract",
    ],
    ["Training", seconds ? `${epochs.length} epochs in ${duration(seconds.training)}` : "–"],
    [
      "Intervals",
      `95%, bootstrap over patients, ${metrics.bootstrap.draws} draws, seed ${metrics.bootstrap.seed}`,
    ],
  ];
}

function LinkTo({ href, name }: { href: string; name: string }) {
  return (
    <Link href={href} className="hover:text-accent hover:underline">
      {name}
    </Link>
  );
}

function Hash({ of }: { of: string | null }) {
  return of === null ? <>–</> : <code className="text-[12px] text-dim">{of}</code>;
}
