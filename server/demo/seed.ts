import { readFile } from "node:fs/promises";
import { count } from "drizzle-orm";
import type { Actor } from "@/server/auth/actor";
import { valueOrThrow } from "@/server/auth/command";
import { createPerson } from "@/server/auth/people";
import { createCohort } from "@/server/cohorts/commands";
import { database } from "@/server/db/client";
import { runs, users } from "@/server/db/schema";
import { mendSplit } from "@/server/integrity/commands";
import { createWorklist } from "@/server/reading/worklist-commands";
import { createSplit } from "@/server/splits/commands";
import { launchRun } from "@/server/training/commands";
import { demoAccounts } from "./accounts";
import { importDemo } from "./import-demo";
import { readTwice } from "./reads";

const actor: Actor = { kind: "system", part: "demo" };
const demoFilms = 480;

/** The accounts come first and alone: people sign in while the films are still being drawn. */
export async function seedAccounts(): Promise<void> {
  const [row] = await database().select({ people: count() }).from(users);
  if ((row?.people ?? 0) > 0) return;
  for (const account of demoAccounts) valueOrThrow(await createPerson(actor, account));
}

/**
 * Fills an empty installation so that every page has something to show: films, worklists, a cohort, a split
 * that leaks, its mended twin, and a run on each. Does nothing where it has been done.
 */
export async function seedDemo(say: (line: string) => void): Promise<void> {
  const [row] = await database().select({ runs: count() }).from(runs);
  if ((row?.runs ?? 0) > 0) return;
  const films = valueOrThrow(await importDemo(actor, { images: demoFilms, seed: 2020, say }));
  say(`${films.images} films of ${films.patients} patients are in. Making worklists, cohort and splits …`);
  await makeWorklists(films.dataset);
  const csv = await readFile(films.cohortCsv, "utf8");
  valueOrThrow(
    await createCohort(actor, {
      name: "COVID-19 against the rest",
      source: { kind: "csv", csv, positive: "covid" },
    }),
  );
  const shares = { train: 60, validation: 20, test: 20 };
  const cohort = "COVID-19 against the rest";
  valueOrThrow(await createSplit(actor, { name: "by image", cohort, strategy: "random", shares, seed: 42 }));
  valueOrThrow(await mendSplit(actor, { split: "by image", name: "by patient" }));
  for (const split of ["by patient", "by image"]) {
    valueOrThrow(await launchRun(actor, { split, network: "compact", epochs: 12, batchSize: 16, seed: 42 }));
  }
  say("Two training runs are on their way: watch them under Training.");
}

async function makeWorklists(dataset: string): Promise<void> {
  valueOrThrow(
    await createWorklist(actor, {
      name: "Uncertain first",
      query: { kind: "uncertain-first" },
      dataset,
      readsWanted: 1,
    }),
  );
  const { id } = valueOrThrow(
    await createWorklist(actor, {
      name: "Quality sample, read twice",
      query: { kind: "random", seed: 7 },
      limit: 120,
      readsWanted: 2,
    }),
  );
  await readTwice(actor, { worklist: id, studies: 100, seed: 7 });
}
