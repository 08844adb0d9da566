import { readFile } from "node:fs/promises";
import { valueOf as valueIn } from "@/server/auth/command";
import { createCohort } from "@/server/cohorts/commands";
import { showCohort } from "@/server/cohorts/queries";
import { importNow } from "@/server/datasets/import/import-now";
import { auditSplit } from "@/server/integrity/audit";
import type { Result } from "@/server/lib/errors";
import { createSplit } from "@/server/splits/commands";
import { showSplit } from "@/server/splits/queries";
import type { Stage } from "./stage";
import type { StudyFolder } from "./study-folder";

const shares = { train: 60, validation: 20, test: 20 };
const seed = 42;
const cohortName = "published study";

export const splitNames = {
  random: `${cohortName}, by image`,
  patient: `${cohortName}, by patient`,
} as const;

/** Imports both datasets under the names that the study's table knows; again, nothing changes. */
export async function importFilms({ actor }: Stage, folder: StudyFolder): Promise<void> {
  valueIn(await importNow(actor, { format: "chexpert", source: folder.chexpert }));
  valueIn(await importNow(actor, { format: "covid-chestxray", source: folder.covid }));
}

/** The study's cohort: COVID against all others, COVID first. */
export async function studyCohort({ actor }: Stage, { table }: StudyFolder) {
  const there = await showCohort(actor, { cohort: cohortName });
  if (there.ok) return there.value;
  const csv = await readFile(table, "utf8");
  madeByAnyone(
    await createCohort(actor, { name: cohortName, source: { kind: "csv", csv, positive: "covid" } }),
  );
  return valueIn(await showCohort(actor, { cohort: cohortName }));
}

/** The study's kind of split, and one by patient; each with what leaks. */
export async function studySplit({ actor }: Stage, strategy: keyof typeof splitNames) {
  const name = splitNames[strategy];
  const there = await showSplit(actor, { split: name });
  if (!there.ok) madeByAnyone(await createSplit(actor, { name, cohort: cohortName, strategy, shares, seed }));
  return { name, audit: valueIn(await auditSplit(actor, { split: name })) };
}

/** The same command may run twice at once: what the other one has just made is as good. */
function madeByAnyone(made: Result<unknown>): void {
  if (!made.ok && made.code !== "conflict") valueIn(made);
}
