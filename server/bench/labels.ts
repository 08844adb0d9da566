import { sql } from "drizzle-orm";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { labelChanges } from "@/server/labels/changes";
import { freezeLabels } from "@/server/labels/commands";
import { labelDifferences } from "@/server/labels/differences";
import { differingStudies } from "@/server/labels/differing-studies";
import { labelCounts } from "@/server/labels/queries";
import { vocabulary } from "@/server/labels/vocabulary";
import { lookOf } from "@/server/labels/vocabulary-commands";
import { vocabularyImpact } from "@/server/labels/vocabulary-impact";
import { type Benchmark, type Figure, percentile } from "./benchmark";
import { plantStudies } from "./planted-studies";

const shell = { kind: "shell", osUser: "bench" } as const;
const [first, second] = [{ labelSet: "first" }, { labelSet: "second" }];

/** The labels pages at CheXpert's size: counts as they stand and frozen; sets compared, of which a third changed. */
export const labelsBenchmark: Benchmark = {
  name: "labels",
  needs: [],
  async run() {
    await plantStudies();
    valueIn(await freezeLabels(shell, { name: "first" }));
    await database().execute(sql`update images set labels = '+' || substr(labels, 2) where id % 3 = 0`);
    valueIn(await freezeLabels(shell, { name: "second" }));
    await database().execute(sql`vacuum analyze images, label_set_images`);
    const counted: number[] = [];
    const listed: number[] = [];
    const pages: number[] = [];
    const finding = (await vocabulary()).find(({ name }) => name === "Fracture");
    if (!finding) throw new Error("There is no finding");
    const seen = lookOf(finding);
    const retired = { change: { position: finding.position, seen, change: { ...seen, retired: true } } };
    const rare = { finding: 0, from: "unmentioned", to: "positive" } as const;
    for (let round = 0; round < 10; round += 1) {
      for (const side of [{}, first]) await timed(pages, () => labelCounts(shell, side).then(valueIn));
      await timed(pages, () => labelChanges(shell, {}).then(valueIn));
      await timed(pages, () => vocabularyImpact(shell, retired).then(valueIn));
      for (const sides of [
        { from: first, to: second },
        { from: first, to: first },
        { from: first, to: "current" as const },
      ]) {
        await timed(counted, () => labelDifferences(shell, sides).then(valueIn));
        for (const page of [
          { after: 0 },
          { after: 200_000, only: rare },
          { after: 0, only: { finding: 9 } },
        ]) {
          await timed(listed, () => differingStudies(shell, { ...sides, ...page }).then(valueIn));
        }
      }
    }
    return [
      ...spread("label sets compared, per finding and change", counted, 300),
      ...spread("page of differing studies", listed, 300),
      ...spread("counts per finding, changes, impact of retiring one", pages, 300),
    ];
  },
};

function spread(what: string, samples: readonly number[], bar: number): Figure[] {
  return [
    { what: `${what}, median`, value: percentile(samples, 0.5), unit: "ms" },
    { what: `${what}, p95`, value: percentile(samples, 0.95), unit: "ms", bar: { atMost: bar } },
  ];
}

async function timed(samples: number[], work: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  await work();
  samples.push(performance.now() - start);
}
