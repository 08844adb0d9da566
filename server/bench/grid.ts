import { readFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { seededRandom } from "@/server/ml/random";
import { publishedOptions } from "@/server/ml/training/options";
import { objectStore } from "@/server/storage/open";
import type { FeaturePlaces } from "@/server/training/child/protocol";
import { startChild, type TrainingChild } from "@/server/training/child-process";
import { firstTrials } from "@/server/training/sweeps/plans";
import type { Benchmark, Figure } from "./benchmark";
import { percentile } from "./benchmark";
import { startTheirs } from "./keras/contestant";

const cohortFile = "data/published-study.csv";
const turnedViews = [1, 2, 3, 4];
const batch = 32;
/** Keras' steps are measured before, between and after ours, so that the same load weighs on both. */
const samples = 8;

/**
 * The published grid of 72 runs on DenseNet-121 and the published cohort, films decoded, views turned and features
 * extracted first; beside ONE of its runs of 50 epochs as Keras trains it, with the frozen base in the loop. That one
 * is told from its measured steps: decoding and turning films, and all but the steps, are given to it for nothing.
 */
export const gridBenchmark: Benchmark = {
  name: "grid",
  needs: [cohortFile],
  async run(shared) {
    const films = await storeFilms(path.join(shared, "data"));
    const keras = await startTheirs();
    const child = startChild();
    const step: number[] = [];
    const forward: number[] = [];
    const sample = async () => {
      for (let count = 0; count < samples; count++) {
        step.push((await keras.ask({ do: "head-step", batch })).seconds);
        forward.push((await keras.ask({ do: "forward", batch })).seconds);
      }
    };
    try {
      await sample();
      // The first of each builds the network and is no sample.
      step.shift();
      forward.shift();
      const engine = await child.ask({ do: "engine", want: "native" });
      const extraction = await secondsOf(() => extract(child, films));
      await sample();
      const grid = await secondsOf(() => train(child, films, extraction.result));
      await sample();
      const epoch =
        Math.ceil(films.train.length / batch) * percentile(step, 0.5) +
        Math.ceil(films.validation.length / batch) * percentile(forward, 0.5);
      const ours = extraction.seconds + grid.seconds;
      return [
        {
          what: `features of ${films.sha256.length} films, 4 views, ${engine.name}`,
          value: extraction.seconds,
          unit: "s",
        },
        { what: `${grid.result} heads of the published grid`, value: grid.seconds, unit: "s" },
        { what: "one epoch in Keras, base in the loop, by its steps", value: epoch, unit: "s" },
        { what: "ONE run of 50 epochs in Keras, by its steps", value: 50 * epoch, unit: "s" },
        { what: "the whole grid, extraction included", value: ours, unit: "s", bar: { atMost: 50 * epoch } },
      ] satisfies Figure[];
    } finally {
      await Promise.all([child.stop(), keras.stop()]);
    }
  },
};

type Films = {
  readonly sha256: readonly string[];
  readonly labels: Int32Array;
  readonly train: readonly number[];
  readonly validation: readonly number[];
};

const rowSchema = z.object({ dataset: z.string(), path: z.string(), class: z.string() });

/** The published cohort in the object store, split 60/20/20 as published: at random, image by image. */
async function storeFilms(data: string): Promise<Films> {
  const table = await readFile(path.join(data, path.basename(cohortFile)));
  const rows = z.array(rowSchema).parse(parse(table, { columns: true }));
  const sha256: string[] = [];
  for (const row of rows) {
    sha256.push(await objectStore().put(await readFile(path.join(data, row.dataset, row.path))));
  }
  const order = seededRandom(42).shuffle(rows.keys());
  const [train, validation] = [Math.round(rows.length * 0.6), Math.round(rows.length * 0.8)];
  return {
    sha256,
    labels: Int32Array.from(rows, (row) => Number(row.class === "covid")),
    train: order.slice(0, train),
    validation: order.slice(train, validation),
  };
}

/** Every film as it is, and the training films turned as well. The weights are random: they cost the same. */
async function extract(child: TrainingChild, { sha256, train }: Films): Promise<FeaturePlaces[]> {
  const training = new Set(train);
  const films = sha256.map((own, index) => ({
    sha256: own,
    views: training.has(index) ? [0, ...turnedViews] : [0],
  }));
  const { object } = await child.ask({
    do: "extract",
    base: { network: "densenet121", weightsSha256: null, seed: 1 },
    preprocess: "imagenet",
    pooling: "gap",
    rotation: 15,
    look: "whole",
    films,
  });
  const firstRow = films.map((_, index) =>
    films.slice(0, index).reduce((sum, film) => sum + film.views.length, 0),
  );
  return [0, ...turnedViews].map((view) => ({
    shards: [object.sha256],
    shard: Int32Array.from(films, (film) => (film.views.includes(view) ? 0 : -1)),
    row: Int32Array.from(firstRow, (row) => row + view),
  }));
}

async function train(
  child: TrainingChild,
  films: Films,
  features: readonly FeaturePlaces[],
): Promise<number> {
  const { labels, train, validation } = films;
  await child.ask({ do: "load", network: "densenet121", pooling: "gap", labels, classes: 2, features });
  const trials = firstTrials("published", 72, 1);
  for (const { parameters } of trials) {
    await child.ask({ do: "head", training: { ...publishedOptions, ...parameters }, train, validation });
  }
  return trials.length;
}

async function secondsOf<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const start = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - start) / 1000 };
}
