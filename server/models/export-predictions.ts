import { stringify } from "csv-stringify/sync";
import { eq, sql } from "drizzle-orm";
import { command } from "@/server/auth/command";
import { runs } from "@/server/db/schema";
import { fail, ok } from "@/server/lib/errors";
import { parts } from "@/server/splits/rules";
import { runReference } from "./schema";

type Row = {
  image: string;
  dataset: string;
  path: string;
  patient: string;
  part: number;
  truth: number;
  predicted: number;
  probabilities: number[];
};

/**
 * Every prediction of a run, in the order of parts and images: as rows, and as CSV with one column per class
 * (a value that a spreadsheet would run as a formula gets an apostrophe in front). A command, because an
 * export leaves an audit row.
 * Errors: not-found, conflict (the run has no predictions yet).
 */
export const exportPredictions = command({
  name: "run.export-predictions",
  permission: "models.view",
  input: runReference,
  async run({ tx, input, audit }) {
    const [run] = await tx.select().from(runs).where(eq(runs.id, input.run));
    if (!run) return fail("not-found", `There is no run ${input.run}.`);
    if (run.status !== "done")
      return fail("conflict", `Run ${run.id} has no predictions: it is ${run.status}.`);
    const found = await tx.execute<Row>(sql`
      select p.image_id as image, d.name as dataset, i.path, t.external_id as patient, p.part,
        p.class_index as truth, p.predicted_index as predicted, p.probabilities
      from predictions p
      join images i on i.id = p.image_id
      join datasets d on d.id = i.dataset_id
      join patients t on t.id = i.patient_id
      where p.run_id = ${run.id}
      order by p.part, p.image_id`);
    const rows = found.map((row) => ({
      image: Number(row.image),
      dataset: row.dataset,
      path: row.path,
      patient: row.patient,
      part: parts[row.part] ?? "",
      class: run.classes[row.truth] ?? "",
      predicted: run.classes[row.predicted] ?? "",
      probabilities: Object.fromEntries(run.classes.map((name, at) => [name, row.probabilities[at] ?? 0])),
    }));
    audit({
      action: "run.predictions-exported",
      object: { type: "run", id: run.id },
      detail: { images: rows.length },
    });
    return ok({ rows, csv: csvOf(rows, run.classes) });
  },
});

type PlainRow = { readonly probabilities: Readonly<Record<string, number>> } & Readonly<
  Record<"dataset" | "path" | "patient" | "part" | "class" | "predicted", string> & { image: number }
>;

function csvOf(rows: readonly PlainRow[], classes: readonly string[]): string {
  const facts = ["image", "part", "class", "predicted"] as const;
  const source = ["dataset", "path", "patient"] as const;
  const cells = rows.map((row) => [
    ...facts.map((name) => row[name]),
    ...classes.map((name) => row.probabilities[name]),
    ...source.map((name) => row[name]),
  ]);
  const columns = [...facts, ...classes.map((name) => `p ${name}`), ...source];
  return stringify([columns, ...cells], { escape_formulas: true });
}
