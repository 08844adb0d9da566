import type { PerturbationCurves } from "@/server/ml/perturbation";
import type { Pooling } from "@/server/ml/pooling";
import type { Look } from "@/server/ml/preprocess";
import type { PreprocessName } from "@/server/ml/preprocess-names";
import type { EpochEvent, TrainingOptions } from "@/server/ml/training/options";
import type { NetworkName } from "../networks";
import type { RunConfiguration, RunEngine, RunEpoch, RunMetrics, RunPhase, SaliencyMethod } from "../schema";

/**
 * What worker and child say to each other. Structured clone carries it, so typed arrays travel as they are.
 * The child has the object store and the engine, but no database: whatever is to be kept goes to the worker,
 * which writes it under the run's lease.
 */
export type FromWorker = { readonly kind: "task"; readonly task: Task } | { readonly kind: "stop" };

export type FromChild =
  | { readonly kind: "event"; readonly event: TaskEvent }
  | { readonly kind: "result"; readonly result: TaskResults[Task["do"]] }
  /** An end that people are told as it stands; anything unexpected ends the process instead. */
  | { readonly kind: "failure"; readonly message: string };

export type Task =
  | EngineTask
  | SpeedTask
  | ExtractTask
  | BordersTask
  | TrainTask
  | LoadTask
  | HeadTask
  | ExplainTask;

export type TaskResults = {
  engine: RunEngine;
  /** Billions of operations a second. */
  speed: number;
  extract: ExtractedShard;
  borders: ExtractedShard;
  train: TrainResult;
  load: { readonly damaged: readonly string[] };
  head: HeadResult;
  explain: { readonly maps: number; readonly curves: number };
};

export type TaskEvent =
  | { readonly on: "progress"; readonly phase: RunPhase; readonly done: number; readonly total: number }
  | { readonly on: "log"; readonly level: "info" | "warn"; readonly line: string }
  | {
      readonly on: "epoch";
      readonly epoch: RunEpoch & { seconds: number };
      readonly checkpoint: StoredObject;
    }
  | { readonly on: "map"; readonly map: SaliencyMap }
  | { readonly on: "curves"; readonly curves: SaliencyCurves };

export type StoredObject = { readonly sha256: string; readonly bytes: number };

export type EngineTask = { readonly do: "engine"; readonly want: "auto" | "native" | "wasm" };

/** How fast the engine that was started before is. */
export type SpeedTask = { readonly do: "speed" };

/** The frozen base that features come from. */
export type BaseChoice = {
  readonly network: NetworkName;
  /** Object of the weights; null: random ones, which follow from the seed. */
  readonly weightsSha256: string | null;
  readonly seed: number;
};

export type ExtractTask = {
  readonly do: "extract";
  readonly base: BaseChoice;
  readonly preprocess: PreprocessName;
  readonly pooling: Pooling;
  /** Largest rotation of the views above 0, in degrees. */
  readonly rotation: number;
  /** What of the plain film is left to see; turned views are of whole films. */
  readonly look: Look;
  /** View 0 is the plain film. */
  readonly films: readonly { readonly sha256: string; readonly views: readonly number[] }[];
};

/** The statistics of each film's border, as a shard like any other; views do not count. */
export type BordersTask = Pick<ExtractTask, "films"> & { readonly do: "borders" };

/** One object of float32 rows, in the task's order of films and views. */
export type ExtractedShard = { readonly object: StoredObject; readonly width: number };

/** The images of a run in the order of their ids, as columns. */
export type RunImages = {
  readonly ids: Float64Array;
  readonly sha256: readonly string[];
  /** Index into the parts of a split. */
  readonly part: Uint8Array;
  /** Index into the run's classes. */
  readonly label: Int32Array;
  /** Same number, same patient; an image without a patient id stands alone. */
  readonly patient: Int32Array;
  /** What the test part is sliced by. */
  readonly traits: Readonly<Record<"dataset" | "view" | "sex" | "patient", readonly string[]>>;
};

export type TrainTask = {
  readonly do: "train";
  readonly runId: number;
  readonly classes: readonly string[];
  readonly configuration: RunConfiguration;
  readonly images: RunImages;
  /** Where each view's features lie, view 0 first; null where the network is trained whole. */
  readonly features: readonly FeaturePlaces[] | null;
  /** Continues after the epoch of this checkpoint. */
  readonly checkpointSha256: string | null;
  readonly base: BaseChoice;
};

/** Per image of the run: the shard (index into `shards`, or −1 where the view is not needed) and its row. */
export type FeaturePlaces = {
  readonly shards: readonly string[];
  readonly shard: Int32Array;
  readonly row: Int32Array;
};

export type TrainResult =
  /** Shards whose bytes no longer have their hash: to be extracted again. */
  | { readonly damaged: readonly string[] }
  | {
      readonly damaged: null;
      readonly model: StoredObject;
      /** [images, classes], in the order of the run's images. */
      readonly probabilities: Float32Array;
      readonly metrics: RunMetrics;
      readonly keptEpoch: number;
      readonly maps: readonly SaliencyMap[];
    };

/** Reads features into the child's memory, for the heads that it is then asked for. */
export type LoadTask = {
  readonly do: "load";
  readonly network: NetworkName;
  readonly pooling: Pooling;
  readonly labels: Int32Array; // [images]
  readonly classes: number;
  /** Where each view's features lie, view 0 first. */
  readonly features: readonly FeaturePlaces[];
};

/** One head on the features in memory. */
export type HeadTask = {
  readonly do: "head";
  readonly training: TrainingOptions;
  /** Places among the loaded images: what it learns from, and what it is judged by in every epoch. */
  readonly train: readonly number[];
  readonly validation: readonly number[];
};

export type HeadResult = {
  readonly history: readonly EpochEvent[];
  readonly keptEpoch: number;
  /** [images, classes] of all loaded images, unturned. */
  readonly probabilities: Float32Array;
};

export type ExplainTask = {
  readonly do: "explain";
  readonly modelSha256: string;
  readonly method: SaliencyMethod;
  readonly films: readonly ExplainedFilm[];
  /** Whose deletion and insertion curves are wanted. */
  readonly measured: readonly ExplainedFilm[];
  /** Of the random order that stands beside a map's. */
  readonly seed: number;
};

export type ExplainedFilm = {
  readonly imageId: number;
  readonly sha256: string;
  readonly classIndex: number;
};

/** A map of the network's last grid, kept raw in the object store. */
export type SaliencyMap = {
  readonly imageId: number;
  readonly method: SaliencyMethod;
  readonly classIndex: number;
  readonly height: number;
  readonly width: number;
  readonly object: StoredObject;
  readonly min: number;
  readonly max: number;
  readonly score: number;
  readonly probability: number;
};

export type SaliencyCurves = PerturbationCurves & Pick<SaliencyMap, "imageId" | "method" | "classIndex">;
