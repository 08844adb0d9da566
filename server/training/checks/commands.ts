import { createHash } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { actorName } from "@/server/auth/actor";
import { command } from "@/server/auth/command";
import { findCohort } from "@/server/cohorts/find";
import type { Executor } from "@/server/db/client";
import { checks } from "@/server/db/schema";
import { enqueue } from "@/server/jobs/queue";
import { fail, ok, type Result } from "@/server/lib/errors";
import { trainableNetworks } from "../networks";
import { findWeights } from "../prepare-launch";
import { type ChosenWeights, resolveConfiguration } from "../rules";
import { launchInput } from "../schema";
import { cohortVersions, filmsOfClasses } from "./queries";
import { type CheckConfiguration, type CheckInput, checkInput } from "./schema";

/** Below this many images of a class with their films here, no fold or split has enough of it to say anything. */
const fewestImages = 10;

/**
 * Puts a check of a cohort on the queue. The same check of the same data is the one that is there already; one
 * that failed is tried again.
 * Errors: not-found (cohort, weights), invalid (one class, too few films of one, a network that is trained whole,
 * weights of another network)
 */
export const startCheck = command({
  name: "check.start",
  permission: "training.launch",
  input: checkInput,
  async run({ tx, actor, input, audit }) {
    const cohort = await findCohort(tx, input.cohort);
    if (!cohort.ok) return cohort;
    const { id: cohortId, name, classes } = cohort.value;
    const obstacle = await obstacleTo(tx, cohortId, classes);
    if (obstacle) return fail("invalid", obstacle);
    const configuration = await configurationOf(tx, input);
    if (!configuration.ok) return configuration;
    const datasetVersions = await cohortVersions(tx, cohortId);
    const facts = { kind: input.kind, cohortId, configuration: configuration.value, datasetVersions };
    const key = createHash("sha256").update(JSON.stringify(facts)).digest("hex");
    const [made] = await tx
      .insert(checks)
      .values({ ...facts, key, status: "queued", createdBy: actorName(actor) })
      .onConflictDoUpdate({
        target: checks.key,
        set: { status: "queued", error: null, progress: null, startedAt: null, finishedAt: null },
        setWhere: sql`${checks.status} = 'failed'`,
      })
      .returning({ id: checks.id });
    const check = made?.id ?? (await idOf(tx, key));
    if (made) await enqueue(tx, "check", { checkId: check });
    audit({
      action: made ? "check.started" : "check.start-repeated",
      object: { type: "check", id: check },
      after: { kind: input.kind, cohort: name, configuration: configuration.value },
    });
    return ok({ check, cohort: cohortId });
  },
});

async function idOf(db: Executor, key: string): Promise<number> {
  const [row] = await db.select({ id: checks.id }).from(checks).where(eq(checks.key, key));
  if (!row) throw new Error("A check was neither made nor there");
  return row.id;
}

async function obstacleTo(
  db: Executor,
  cohortId: number,
  classes: readonly string[],
): Promise<string | null> {
  if (classes.length < 2) return "A check needs at least two classes.";
  const films = await filmsOfClasses(db, cohortId, classes.length);
  const thin = classes.findIndex((_, own) => (films[own] ?? 0) < fewestImages);
  if (thin < 0) return null;
  return `${classes[thin]} has ${films[thin] ?? 0} films here: fewer than ${fewestImages} say nothing.`;
}

async function configurationOf(db: Executor, input: CheckInput): Promise<Result<CheckConfiguration>> {
  const { network, seed } = input;
  const { title, trained } = trainableNetworks[network];
  if (trained === "whole") {
    return fail("invalid", `A check trains heads on a frozen base; ${title} is trained from scratch.`);
  }
  const weights = await findWeights(db, input);
  if (!weights.ok) return weights;
  const launch = launchInput.parse({ split: 1, network, seed, preset: "published", augmentedViews: 0 });
  switch (input.kind) {
    case "shortcuts": {
      const head = weights.value === null ? null : resolveConfiguration(launch, weights.value);
      return ok({ kind: "shortcuts", seed, head });
    }
    case "label-errors":
      return ok({ kind: "label-errors", seed, head: resolveConfiguration(launch, weights.value) });
    case "siblings": {
      const { shares, splits } = input;
      return ok({ kind: "siblings", seed, shares, splits, head: siblingHead(input, weights.value) });
    }
  }
}

/** The published recipe, with whatever was asked for instead. */
function siblingHead(input: Extract<CheckInput, { kind: "siblings" }>, weights: ChosenWeights | null) {
  const { network, seed, epochs, batchSize, learningRate, dropout, optimizer } = input;
  const { augmentedViews, rotation } = input;
  const options = { epochs, batchSize, learningRate, dropout, optimizer, augmentedViews, rotation };
  const launch = launchInput.parse({ split: 1, network, seed, preset: "published", ...options });
  return resolveConfiguration(launch, weights);
}
