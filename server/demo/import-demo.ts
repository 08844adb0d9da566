import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import type { Actor } from "@/server/auth/actor";
import { importNow } from "@/server/datasets/import/import-now";
import { dataFolder } from "@/server/lib/env";
import { ok, type Result } from "@/server/lib/errors";
import { writeDemoDatasets } from "./write-demo-datasets";

export type DemoImport = {
  readonly dataset: string;
  readonly datasets: readonly string[];
  readonly images: number;
  readonly patients: number;
  /** Table of the demo's cohort: dataset, path, class. */
  readonly cohortCsv: string;
};

/** Draws the demo's films into the data folder and imports both of its datasets. The same again changes nothing. */
export async function importDemo(
  actor: Actor,
  options: { readonly images: number; readonly seed: number; say?(line: string): void },
): Promise<Result<DemoImport>> {
  const folder = path.join(dataFolder(), "demo-films");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  options.say?.(`Drawing ${options.images} films …`);
  const written = await writeDemoDatasets(folder, { images: options.images, seed: options.seed });
  options.say?.("Importing them …");
  const first = await importNow(actor, { format: "chexpert", source: written.chexpert });
  if (!first.ok) return first;
  const second = await importNow(actor, { format: "covid-chestxray", source: written.covid });
  if (!second.ok) return second;
  return ok({
    dataset: first.value.dataset,
    datasets: [first.value.dataset, second.value.dataset],
    images: first.value.images.present + second.value.images.present,
    patients: first.value.patients + second.value.patients,
    cohortCsv: written.cohortCsv,
  });
}
