import { describe, expect, test } from "vitest";
import { decodeCheckpoint, encodeCheckpoint, type TrainingState } from "../checkpoint";
import { predictHead } from "../head";
import { seededRandom } from "../random";
import { type EpochEvent, publishedOptions, type TrainingOptions } from "./options";
import { type HeadTraining, trainHead } from "./train-head";

const options: TrainingOptions = { ...publishedOptions, epochs: 8, batchSize: 16, dropout: 0.5 };

describe("training a head", () => {
  test("learns classes that features tell apart, and predicts rows that sum to one", async () => {
    const training = problem(120);
    const { head, history, keptEpoch, stopped } = await trainHead(training);
    expect(history.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(history.at(-1)?.valAccuracy).toBeGreaterThan(0.95);
    expect({ keptEpoch, stopped }).toEqual({ keptEpoch: 8, stopped: "completed" });
    const [first = 0, second = 0] = predictHead(head, training.validation.features);
    expect(first + second).toBeCloseTo(1, 6);
  });

  test("takes its rows from among others, where they lie, and comes to the same head", async () => {
    const training = problem(60);
    const { width } = training;
    // Backwards, each behind a row of something else.
    const rows = Array.from(training.labels.keys(), (at) => 2 * (training.labels.length - at) - 1);
    const among = training.features.map((view) => {
      const wide = new Float32Array(2 * view.length).fill(1e6);
      rows.forEach((row, at) => {
        wide.set(view.subarray(at * width, (at + 1) * width), row * width);
      });
      return wide;
    });
    const { head } = await trainHead({ ...training, features: among, rows });
    expect(head).toEqual((await trainHead(training)).head);
    const beyond = rows.map((row) => row + 1);
    await expect(trainHead({ ...training, features: among, rows: beyond })).rejects.toThrow(/were expected/);
  });

  test("the same seed gives the same head, another seed another", async () => {
    const run = async (seed: number) =>
      (await trainHead({ ...problem(60), options: { ...options, seed } })).head;
    expect(await run(5)).toEqual(await run(5));
    expect((await run(5)).hiddenKernel).not.toEqual((await run(6)).hiddenKernel);
  });

  test.each(["adam", "sgd"] as const)(
    "%s: resumed from a stored checkpoint it gives the same numbers",
    async (optimizer) => {
      const own = { ...options, optimizer, earlyStopping: { patience: 5 } };
      const stored: Buffer[] = [];
      const whole = await trainHead({
        ...problem(60),
        options: own,
        onEpoch: (_, state) => void stored.push(encodeCheckpoint(state)),
      });
      const resume = decodeCheckpoint(stored[2] ?? Buffer.alloc(0));
      expect(resume.epoch).toBe(3);
      const resumed = await trainHead({ ...problem(60), options: own, resume });
      expect(resumed.head).toEqual(whole.head);
      expect(resumed.history.map(withoutSeconds)).toEqual(whole.history.map(withoutSeconds));
    },
  );

  test("early stopping ends the run and gives the best epoch's weights back", async () => {
    const states: TrainingState[] = [];
    const training = problem(60);
    // Validation labels that contradict the training: from the first epoch on it only gets worse.
    const against = training.validation.labels.map((label) => 1 - label);
    const { history, keptEpoch, stopped, head } = await trainHead({
      ...training,
      validation: { ...training.validation, labels: against },
      options: { ...options, epochs: 40, earlyStopping: { patience: 2 } },
      onEpoch: (_, state) => void states.push(state),
    });
    expect(stopped).toBe("early");
    expect(history).toHaveLength(keptEpoch + 2);
    expect(states[keptEpoch - 1]?.weights[0]?.values).toEqual(head.hiddenKernel);
  });

  test("epoch e trains on view e mod K", async () => {
    const one = problem(40);
    const zeros = new Float32Array(one.features[0]?.length ?? 0);
    const losses = async (views: Float32Array[]) =>
      (await trainHead({ ...one, features: views, options: { ...options, epochs: 2 } })).history.map(
        ({ loss }) => loss,
      );
    const [plain, mixed] = [await losses([...one.features]), await losses([...one.features, zeros])];
    expect(mixed[0]).toBe(plain[0]);
    expect(mixed[1]).not.toBe(plain[1]);
  });

  test.each([
    { sampling: "all" as const, steps: 4 },
    { sampling: "over" as const, steps: 7 },
    { sampling: "under" as const, steps: 1 },
  ])(
    "an epoch of 52 and 8 images, sampling $sampling, is $steps steps of 16",
    async ({ sampling, steps }) => {
      const states: TrainingState[] = [];
      const { history } = await trainHead({
        ...problem(60),
        labels: Int32Array.from({ length: 60 }, (_, row) => Number(row < 8)),
        options: { ...options, epochs: 1, classWeights: "none", sampling },
        onEpoch: (_, state) => void states.push(state),
      });
      expect(states[0]?.step).toBe(steps);
      // A mean over what was shown, so no share above one.
      expect(history[0]?.accuracy).toBeLessThanOrEqual(1);
      expect(history[0]?.loss).toBeLessThan(1.5);
    },
  );

  test("is cancelled between two batches", async () => {
    const controller = new AbortController();
    const seen: EpochEvent[] = [];
    const running = trainHead({
      ...problem(60),
      signal: controller.signal,
      onEpoch: (event) => {
        seen.push(event);
        controller.abort(new Error("Cancelled by the user"));
      },
    });
    await expect(running).rejects.toThrow("Cancelled by the user");
    expect(seen).toHaveLength(1);
  });

  test("a loss that is not a number ends it with the likely cause", async () => {
    const training = problem(40);
    training.features[0]?.fill(Number.NaN, 0, 1);
    await expect(trainHead(training)).rejects.toMatchObject({
      failure: {
        code: "invalid",
        message: expect.stringMatching(/^Loss became NaN in epoch 1: the learning rate 0.001/),
      },
    });
  });

  test.each([
    { change: { batchSize: 0 }, message: "Batch size must be a whole number of at least 1, got 0." },
    { change: { dropout: 1 }, message: "Dropout must be in [0, 1), got 1." },
    { change: { l2: -0.1 }, message: "L1 and L2 must not be negative, got 0 and -0.1." },
    { change: { learningRate: -1 }, message: "Learning rate must be above 0, got -1." },
  ])("refuses options $change", async ({ change, message }) => {
    const asked = trainHead({ ...problem(20), options: { ...options, ...change } });
    await expect(asked).rejects.toMatchObject({ failure: { code: "invalid", message } });
  });

  test("refuses features that do not fit the labels, labels outside the classes, and another run's checkpoint", async () => {
    const training = problem(20);
    await expect(trainHead({ ...training, labels: new Int32Array(21) })).rejects.toThrow("21 images × 6");
    await expect(trainHead({ ...training, classes: 1 })).rejects.toThrow("Label 1 is outside the 1 classes");
    const states: TrainingState[] = [];
    await trainHead({ ...training, onEpoch: (_, state) => void states.push(state) });
    const resume = states[0];
    await expect(trainHead({ ...training, options: { ...options, epochs: 9 }, resume })).rejects.toThrow(
      "a run with other options",
    );
  });
});

function withoutSeconds({ seconds: _, ...event }: EpochEvent): Omit<EpochEvent, "seconds"> {
  return event;
}

/** Two classes whose features have other means; half the rows for training, half for validation. */
function problem(rows: number): HeadTraining {
  const random = seededRandom(9);
  const width = 6;
  const part = () => {
    const labels = Int32Array.from({ length: rows }, (_, i) => i % 2);
    const features = Float32Array.from(
      { length: rows * width },
      (_, at) => (labels[Math.floor(at / width)] ?? 0) * 1.5 + random.normal() * 0.7,
    );
    return { features, labels };
  };
  const train = part();
  return { features: [train.features], labels: train.labels, width, classes: 2, validation: part(), options };
}
