import { eq, sql } from "drizzle-orm";
import packageFile from "@/package.json";
import { type Actor, actorName } from "@/server/auth/actor";
import { type CohortRow, findCohort } from "@/server/cohorts/find";
import type { Executor } from "@/server/db/client";
import { weights } from "@/server/db/schema";
import { fail, ok, type Result } from "@/server/lib/errors";
import { findSplit, type SplitRow } from "@/server/splits/find";
import { type Part, parts } from "@/server/splits/rules";
import { trainableNetworks } from "./networks";
import {
  type ChosenWeights,
  cannotFineTune,
  cannotTrain,
  type PartCounts,
  resolveConfiguration,
} from "./rules";
import { type LaunchInput, type RunConfiguration, runConfiguration } from "./schema";

export type PreparedLaunch = {
  readonly split: SplitRow;
  readonly cohort: CohortRow;
  readonly weightsId: number | null;
  readonly configuration: RunConfiguration;
  readonly parts: readonly PartCounts[];
  /** Dataset name → version now. */
  readonly datasetVersions: Readonly<Record<string, number>>;
};

/**
 * Everything that a run needs, checked: the split and its counts, the weights, the full configuration.
 * Errors: not-found (split, weights), invalid (weights of another network, preset of another network, class
 * weights with sampling, a class
 * without an image in a part, films that are not here).
 */
export async function prepareLaunch(db: Executor, input: LaunchInput): Promise<Result<PreparedLaunch>> {
  const split = await findSplit(db, input.split);
  if (!split.ok) return split;
  const cohort = await findCohort(db, split.value.cohortId);
  if (!cohort.ok) return cohort;
  const { classes } = cohort.value;
  const { title, trained } = trainableNetworks[input.network];
  if (input.preset === "published" && trained === "whole") {
    return fail("invalid", `The published preset is for DenseNet-121; ${title} is trained from scratch.`);
  }
  if (input.classWeights === "balanced" && (input.sampling ?? "all") !== "all") {
    return fail("invalid", "Class weights and sampling both even out the classes: choose one of them.");
  }
  const obstacleToTuning = cannotFineTune(input);
  if (obstacleToTuning) return fail("invalid", obstacleToTuning);
  const chosen = await findWeights(db, input);
  if (!chosen.ok) return chosen;
  const counts = await countParts(db, split.value.id, classes.length);
  const obstacle = cannotTrain(classes, counts);
  if (obstacle) return fail("invalid", obstacle);
  return ok({
    split: split.value,
    cohort: cohort.value,
    weightsId: chosen.value?.id ?? null,
    configuration: resolveConfiguration(input, chosen.value),
    parts: counts,
    datasetVersions: await datasetVersions(db, split.value.id),
  });
}

/** What a run's and a sweep's row say alike when they are put on the queue. */
export function queuedRow(
  { split, cohort, weightsId, configuration, datasetVersions }: PreparedLaunch,
  by: { readonly actor: Actor; readonly idempotencyKey: string | undefined },
) {
  return {
    splitId: split.id,
    network: configuration.network,
    weightsId,
    configuration,
    classes: cohort.classes,
    datasetVersions,
    // The worker that takes it writes its own, with the commit: its code is what trains.
    codeVersion: packageFile.version,
    status: "queued" as const,
    idempotencyKey: by.idempotencyKey,
    createdBy: actorName(by.actor),
  };
}

/** The weights that are named, for the network that is. Errors: not-found, invalid (another network's). */
export async function findWeights(
  db: Executor,
  input: Pick<LaunchInput, "weights" | "network">,
): Promise<Result<(ChosenWeights & { readonly id: number }) | null>> {
  if (input.weights === undefined) return ok(null);
  const { title, trained } = trainableNetworks[input.network];
  if (trained === "whole") return fail("invalid", `${title} is trained from scratch and takes no weights.`);
  const [row] = await db.select().from(weights).where(eq(weights.name, input.weights));
  if (!row) return fail("not-found", `There are no weights ${input.weights}.`);
  if (row.network !== input.network) {
    return fail("invalid", `The weights ${row.name} belong to ${row.network}, not to ${input.network}.`);
  }
  const preprocess = runConfiguration.shape.preprocess.parse(row.preprocess);
  return ok({ id: row.id, name: row.name, sha256: row.objectSha256, preprocess });
}

/** One row per part, in the order of `parts`; a part without an image has zeros. */
async function countParts(db: Executor, splitId: number, classes: number): Promise<PartCounts[]> {
  const rows = await db.execute<{ part: number; class: number; images: number; absent: number }>(sql`
    select s.part, s.class_index as class, count(*)::int as images,
      count(*) filter (where i.object_sha256 is null)::int as absent
    from split_images s join images i on i.id = s.image_id
    where s.split_id = ${splitId} group by 1, 2`);
  const people = await db.execute<{ part: number; patients: number }>(sql`
    select s.part, count(distinct i.patient_id)::int as patients
    from split_images s join images i on i.id = s.image_id where s.split_id = ${splitId} group by 1`);
  return parts.map((part: Part, index) => {
    const own = rows.filter((row) => row.part === index);
    return {
      part,
      images: own.reduce((sum, row) => sum + row.images, 0),
      absent: own.reduce((sum, row) => sum + row.absent, 0),
      patients: people.find((row) => row.part === index)?.patients ?? 0,
      classes: Array.from({ length: classes }, (_, at) => own.find((row) => row.class === at)?.images ?? 0),
    };
  });
}

async function datasetVersions(db: Executor, splitId: number): Promise<Record<string, number>> {
  const rows = await db.execute<{ name: string; version: number }>(sql`
    select d.name, d.version from datasets d
    where d.id in (
      select i.dataset_id from split_images s join images i on i.id = s.image_id where s.split_id = ${splitId})
    order by d.name`);
  return Object.fromEntries(rows.map((row) => [row.name, row.version]));
}
