import { isDeepStrictEqual } from "node:util";
import { ExpectedFailure } from "@/server/lib/errors";
import type { TrainingState } from "../checkpoint";
import { copyArrays, type NamedArray } from "../named-array";
import { deriveSeed, type Random, seededRandom } from "../random";
import { optimizerFor } from "./optimizers";
import { checkOptions, type EpochEvent, type TrainingOptions } from "./options";
import { epochOrder } from "./sampling";

/** What the epochs train: a head on stored features, or a network with its head. */
export interface Trainee {
  /** Of the training images. */
  readonly labels: Int32Array;
  /** Moved in place by the optimizer. */
  readonly weights: readonly NamedArray[];
  /** Told of all that an epoch will take, in its order, before its first step. */
  begin?(order: readonly number[], epoch: number): void;
  /** Loss and gradients, in the order of `weights`, of the images `rows`. Epochs count from 0. */
  step(rows: readonly number[], epoch: number, random: Random): BatchResult | Promise<BatchResult>;
  /** On the validation images with the weights as they are; null when there are none. */
  validate(): Validation | Promise<Validation>;
}

type Validation = { readonly loss: number; readonly accuracy: number } | null;

export type BatchResult = {
  readonly loss: number;
  readonly correct: number;
  readonly gradients: readonly Float32Array[];
};

export type EpochHooks = {
  /** Epochs that were done before this training began, of which it counts on: those of the head before fine-tuning. */
  readonly before?: number;
  /** Continues a stored run; its options must be the same. */
  readonly resume?: TrainingState;
  /** Called after each epoch, awaited. The state is of that moment and may be kept. */
  readonly onEpoch?: (event: EpochEvent, state: TrainingState) => void | Promise<void>;
  /** Ends the run between two batches by throwing the signal's reason. */
  readonly signal?: AbortSignal;
  /** Milliseconds, for the seconds of an epoch. */
  readonly clock?: () => number;
};

export type TrainingOutcome = {
  readonly history: readonly EpochEvent[];
  /** The epoch whose weights the trainee holds now. */
  readonly keptEpoch: number;
  readonly stopped: "completed" | "early";
};

/**
 * Trains for the options' epochs, or until early stopping, and leaves the final (or best) weights in the
 * trainee. All chance of an epoch comes from the seed and its number, so a resumed run goes on the same.
 * @throws ExpectedFailure "invalid" for options or a state that do not fit, or a loss that is not finite.
 */
export async function runEpochs(
  trainee: Trainee,
  options: TrainingOptions,
  hooks: EpochHooks,
): Promise<TrainingOutcome> {
  checkOptions(options);
  if (trainee.labels.length === 0) throw new ExpectedFailure("invalid", "There is no training image.");
  const clock = hooks.clock ?? (() => performance.now());
  const start = hooks.resume ? resumed(trainee, options, hooks.resume) : undefined;
  const optimizer = optimizerFor(
    { ...options, decay: options.decay ?? options.learningRate / options.epochs },
    trainee.weights,
    start?.moments,
  );
  const history = [...(start?.history ?? [])];
  const before = hooks.before ?? 0;
  let best = start?.best ?? null;
  let step = start?.step ?? 0;

  for (
    let epoch = start?.epoch ?? 0;
    epoch < options.epochs && !exhausted(options, before + epoch, best);
    epoch++
  ) {
    const began = clock();
    const number = before + epoch + 1;
    const random = seededRandom(deriveSeed(options.seed, number));
    const order = epochOrder(trainee.labels, options.sampling, random);
    trainee.begin?.(order, epoch);
    let loss = 0;
    let correct = 0;
    for (let first = 0; first < order.length; first += options.batchSize) {
      await nextTurn(hooks.signal);
      const rows = order.slice(first, first + options.batchSize);
      const batch = await trainee.step(rows, epoch, random);
      if (!Number.isFinite(batch.loss)) throw lossFailure(batch.loss, number, options.learningRate);
      optimizer.apply(trainee.weights, batch.gradients, step++);
      loss += batch.loss * rows.length;
      correct += batch.correct;
    }
    const validation = await trainee.validate();
    if (validation && options.earlyStopping && (!best || validation.loss < best.valLoss)) {
      best = { epoch: number, valLoss: validation.loss, weights: copyArrays(trainee.weights) };
    }
    const event: EpochEvent = {
      epoch: number,
      loss: loss / order.length,
      accuracy: correct / order.length,
      valLoss: validation?.loss ?? null,
      valAccuracy: validation?.accuracy ?? null,
      seconds: (clock() - began) / 1000,
    };
    history.push(event);
    if (!hooks.onEpoch) continue;
    await hooks.onEpoch(event, {
      options,
      before,
      epoch: epoch + 1,
      step,
      weights: copyArrays(trainee.weights),
      moments: copyArrays(optimizer.moments),
      best,
      history: [...history],
    });
  }
  if (best) restore(trainee.weights, best.weights);
  const keptEpoch = best?.epoch ?? before + history.length;
  return { history, keptEpoch, stopped: history.length < options.epochs ? "early" : "completed" };
}

function resumed(trainee: Trainee, options: TrainingOptions, state: TrainingState): TrainingState {
  if (!isDeepStrictEqual(withoutUndefined(options), withoutUndefined(state.options))) {
    throw new ExpectedFailure("invalid", "The checkpoint belongs to a run with other options.");
  }
  restore(trainee.weights, state.weights);
  return { ...state, moments: copyArrays(state.moments) };
}

function restore(weights: readonly NamedArray[], stored: readonly NamedArray[]): void {
  weights.forEach(({ name, values }, index) => {
    const other = stored[index];
    if (other?.name !== name || other.values.length !== values.length) {
      throw new ExpectedFailure(
        "invalid",
        `The checkpoint belongs to another network: ${name} does not fit.`,
      );
    }
    values.set(other.values);
  });
}

function withoutUndefined(options: TrainingOptions): unknown {
  return JSON.parse(JSON.stringify(options));
}

function exhausted(options: TrainingOptions, epoch: number, best: TrainingState["best"]): boolean {
  return (
    options.earlyStopping !== undefined &&
    best !== null &&
    epoch - best.epoch >= options.earlyStopping.patience
  );
}

function lossFailure(loss: number, epoch: number, rate: number): ExpectedFailure {
  const what = Number.isNaN(loss) ? "NaN" : "infinite";
  return new ExpectedFailure(
    "invalid",
    `Loss became ${what} in epoch ${epoch}: the learning rate ${rate} is probably too high, or an input is not a number.`,
  );
}

/** Lets the process answer messages between two batches. */
async function nextTurn(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
}
