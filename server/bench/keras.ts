import type { Benchmark, Figure } from "./benchmark";
import { percentile } from "./benchmark";
import { type Answer, type Asked, type Contestant, startOurs, startTheirs } from "./keras/contestant";

/** DenseNet-121 beside Keras on the same machine: in turns, so that whatever else runs here slows both alike. */
export const kerasBenchmark: Benchmark = {
  name: "keras",
  needs: [],
  async run() {
    return [
      ...(await compare("forward, batch 8", { do: "forward", batch: 8 }, { rounds: 15, ratio: 1.1 })),
      ...(await compare("forward, batch 32", { do: "forward", batch: 32 }, { rounds: 9, ratio: 1.1 })),
      ...(await compare(
        "fine-tuning step, batch 8",
        { do: "fine-tune", batch: 8 },
        { rounds: 9, ratio: 1.3, gigabytes: 4 },
      )),
    ];
  },
};

type Bars = { readonly rounds: number; readonly ratio: number; readonly gigabytes?: number };

async function compare(what: string, asked: Asked, bars: Bars): Promise<Figure[]> {
  const ours = startOurs();
  const theirs = await startTheirs();
  try {
    for (const contestant of [ours, theirs, ours, theirs]) await contestant.ask(asked);
    const pairs: { ours: Answer; theirs: Answer }[] = [];
    for (let round = 0; round < bars.rounds; round++) pairs.push(await pairOf(ours, theirs, asked));
    const median = (of: (pair: { ours: Answer; theirs: Answer }) => number) => percentile(pairs.map(of), 0.5);
    const milliseconds = (answer: Answer) => (answer.seconds * 1000) / asked.batch;
    return [
      { what: `${what}, native`, value: median((pair) => milliseconds(pair.ours)), unit: "ms an image" },
      { what: `${what}, Keras`, value: median((pair) => milliseconds(pair.theirs)), unit: "ms an image" },
      {
        what: `${what}, native to Keras`,
        value: median((pair) => pair.ours.seconds / pair.theirs.seconds),
        unit: "×",
        bar: { atMost: bars.ratio },
      },
      {
        what: `${what}, native, resident at most`,
        value: Math.max(...pairs.map((pair) => pair.ours.peakBytes)) / 1e9,
        unit: "GB",
        ...(bars.gigabytes ? { bar: { atMost: bars.gigabytes } } : {}),
      },
      {
        what: `${what}, Keras, resident at most`,
        value: Math.max(...pairs.map((pair) => pair.theirs.peakBytes)) / 1e9,
        unit: "GB",
      },
    ];
  } finally {
    await Promise.all([ours.stop(), theirs.stop()]);
  }
}

async function pairOf(
  ours: Contestant,
  theirs: Contestant,
  asked: Asked,
): Promise<{ ours: Answer; theirs: Answer }> {
  return { ours: await ours.ask(asked), theirs: await theirs.ask(asked) };
}
