import type { JobKind } from "@/server/jobs/kinds";
import { workCheck } from "./handlers/check";
import { explain } from "./handlers/explain";
import { extract } from "./handlers/extract";
import { importDataset } from "./handlers/import";
import { workSweep } from "./handlers/sweep";
import { trainRun } from "./handlers/train";
import type { JobHandler } from "./worker";

/** One handler per kind of job. */
export const handlers: { readonly [Kind in JobKind]: JobHandler<Kind> } = {
  import: importDataset,
  train: trainRun,
  sweep: workSweep,
  check: workCheck,
  extract,
  explain,
};
