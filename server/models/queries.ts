import { and, asc, eq, gt, type SQL, sql } from "drizzle-orm";
import { query } from "@/server/auth/command";
import type { Database } from "@/server/db/client";
import { datasets, findings, images, patients, predictions, runs } from "@/server/db/schema";
import { fail, ok, type Result } from "@/server/lib/errors";
import { parts } from "@/server/splits/rules";
import { runMetrics } from "@/server/training/schema";
import {
  type ErrorCase,
  type ErrorKind,
  errorsInput,
  type Prediction,
  predictionsInput,
  scoresInput,
} from "./schema";

/** A page of a run's predictions by image, filtered by part, truth and prediction. Errors: not-found. */
export const listPredictions = query({
  name: "predictions.list",
  permission: "models.view",
  input: predictionsInput,
  async run({ db, input }) {
    const run = await finishedRun(db, input.run);
    if (!run.ok) return run;
    const filters = and(
      eq(predictions.runId, input.run),
      input.part === undefined ? undefined : eq(predictions.part, parts.indexOf(input.part)),
      input.truth === undefined ? undefined : eq(predictions.classIndex, input.truth),
      input.predicted === undefined ? undefined : eq(predictions.predictedIndex, input.predicted),
    );
    const rows = await db
      .select({
        prediction: predictions,
        path: images.path,
        dataset: datasets.name,
        patient: patients.externalId,
      })
      .from(predictions)
      .innerJoin(images, eq(images.id, predictions.imageId))
      .innerJoin(datasets, eq(datasets.id, images.datasetId))
      .innerJoin(patients, eq(patients.id, images.patientId))
      .where(and(filters, gt(predictions.imageId, input.after)))
      .orderBy(asc(predictions.imageId))
      .limit(input.limit + 1);
    const [counted] = await db.select({ total: sql<number>`count(*)::int` }).from(predictions).where(filters);
    const page = rows.slice(0, input.limit).map(
      ({ prediction, ...facts }): Prediction => ({
        image: prediction.imageId,
        ...facts,
        part: parts[prediction.part] ?? "train",
        truth: prediction.classIndex,
        predicted: prediction.predictedIndex,
        probabilities: prediction.probabilities,
      }),
    );
    const next = rows.length > input.limit ? (page.at(-1)?.image ?? null) : null;
    return ok({ classes: run.value.classes, total: counted?.total ?? 0, rows: page, next });
  },
});

/**
 * Truth and probabilities of a part, for what moves with the threshold. The positive class of two is the
 * first. Errors: not-found.
 */
export const partScores = query({
  name: "predictions.scores",
  permission: "models.view",
  input: scoresInput,
  async run({ db, input }) {
    const run = await finishedRun(db, input.run);
    if (!run.ok) return run;
    const rows = await db
      .select({ truth: predictions.classIndex, probabilities: predictions.probabilities })
      .from(predictions)
      .where(and(eq(predictions.runId, input.run), eq(predictions.part, parts.indexOf(input.part))))
      .orderBy(asc(predictions.imageId));
    return ok({
      scores: rows.map((row) => row.probabilities[0] ?? 0),
      truths: rows.map((row) => (row.truth === 0 ? 1 : 0)),
    });
  },
});

/**
 * The misclassified test images, worst first: where the true class got least. With counts of every kind and
 * the figures of the heading. Errors: not-found, conflict (the run has no model).
 */
export const listErrors = query({
  name: "errors.list",
  permission: "models.view",
  input: errorsInput,
  async run({ db, input }) {
    const run = await finishedRun(db, input.run);
    if (!run.ok) return run;
    const { classes, splitId } = run.value;
    const leaked = sql`exists (select from split_leaks l where l.split_id = ${splitId} and l.image_id = p.image_id)`;
    const errors = sql`p.run_id = ${input.run} and p.part = 2 and p.class_index <> p.predicted_index`;
    const [counts] = await db.execute<Record<"all" | "missed" | "alarm" | "leaked", number>>(sql`
      select count(*)::int as all, (count(*) filter (where p.class_index = 0))::int as missed,
        (count(*) filter (where p.predicted_index = 0))::int as alarm,
        (count(*) filter (where ${leaked}))::int as leaked
      from predictions p where ${errors}`);
    // probabilities is numbered from 1 in SQL.
    const worst = sql`p.probabilities[p.class_index + 1]`;
    const { after } = input;
    const rows = await db.execute<ErrorRow>(sql`
      select p.image_id as image, i.patient_id as "patientId", t.external_id as patient, d.name as dataset,
        i.view, i.labels, p.class_index as truth, p.predicted_index as predicted,
        p.probabilities[p.predicted_index + 1] as probability, ${worst} as "trueProbability",
        ${leaked} as leaked, m.score, m.probability as "mapProbability", m.min, m.max
      from predictions p
      join images i on i.id = p.image_id
      join patients t on t.id = i.patient_id
      join datasets d on d.id = i.dataset_id
      left join saliency_maps m on m.run_id = p.run_id and m.image_id = p.image_id
        and m.method = 'hirescam' and m.class_index = p.predicted_index
      where ${errors} and ${kindFilter(input.kind, leaked)}
        ${after ? sql`and (${worst}, p.image_id) > (${after.p}::real, ${after.image}::bigint)` : sql``}
      order by ${worst}, p.image_id limit ${input.limit + 1}`);
    const vocabulary = await db.select().from(findings);
    const cases = rows.slice(0, input.limit).map((row) => errorCase(row, vocabulary));
    const last = rows.length > input.limit ? cases.at(-1) : undefined;
    const { all = 0, missed = 0, alarm = 0, leaked: inTraining = 0 } = counts ?? {};
    return ok({
      classes,
      test: run.value.metrics.parts.test,
      counts: { all, missed, "false-alarm": alarm, leaked: inTraining },
      cases,
      next: last ? { p: last.trueProbability, image: last.image } : null,
    });
  },
});

type ErrorRow = {
  image: string;
  patientId: string;
  patient: string;
  dataset: string;
  view: string;
  labels: string;
  truth: number;
  predicted: number;
  probability: number;
  trueProbability: number;
  leaked: boolean;
  score: number | null;
  mapProbability: number | null;
  min: number | null;
  max: number | null;
};

function kindFilter(kind: ErrorKind, leaked: SQL): SQL {
  switch (kind) {
    case "all":
      return sql`true`;
    case "missed":
      return sql`p.class_index = 0`;
    case "false-alarm":
      return sql`p.predicted_index = 0`;
    case "leaked":
      return leaked;
  }
}

function errorCase(row: ErrorRow, vocabulary: readonly (typeof findings.$inferSelect)[]): ErrorCase {
  const { score, mapProbability, min, max, labels, image, patientId, ...facts } = row;
  const has = score !== null && mapProbability !== null && min !== null && max !== null;
  return {
    ...facts,
    image: Number(image),
    patientId: Number(patientId),
    findings: vocabulary.filter(({ position }) => labels[position] === "+").map(({ name }) => name),
    saliency: has ? { score, probability: mapProbability, min, max } : null,
  };
}

/** A run with a model. Errors: not-found, conflict. */
async function finishedRun(db: Database, id: number): Promise<Result<FinishedRun>> {
  const [run] = await db.select().from(runs).where(eq(runs.id, id));
  if (!run) return fail("not-found", `There is no run ${id}.`);
  if (run.status !== "done" || run.metrics === null) {
    return fail("conflict", `Run ${id} has no model: it is ${run.status}.`);
  }
  return ok({
    id: run.id,
    splitId: run.splitId,
    classes: run.classes,
    metrics: runMetrics.parse(run.metrics),
  });
}

type FinishedRun = {
  readonly id: number;
  readonly splitId: number;
  readonly classes: readonly string[];
  readonly metrics: ReturnType<typeof runMetrics.parse>;
};
