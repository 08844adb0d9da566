import { asc, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { query } from "@/server/auth/command";
import { cohorts, splits, weights } from "@/server/db/schema";
import { ok } from "@/server/lib/errors";
import { leaksOf } from "./leaks";
import { type NetworkName, networkNames, trainableNetworks } from "./networks";
import { weightsPresets } from "./weights-presets";

/** What the launch form offers: splits, newest first, whether each leaks, and the weights that are here or to be had. */
export const launchChoices = query({
  name: "run.choices",
  permission: "training.view",
  input: z.object({}),
  async run({ db }) {
    const rows = await db
      .select({
        id: splits.id,
        name: splits.name,
        cohort: cohorts.name,
        classes: cohorts.classes,
        images: cohorts.images,
        audit: splits.audit,
        mendedInto: sql<
          number | null
        >`(select max(m.id) from splits m where m.mended_from_id = ${splits.id})::int`,
      })
      .from(splits)
      .innerJoin(cohorts, eq(cohorts.id, splits.cohortId))
      .orderBy(desc(splits.id))
      .limit(200);
    const here = await db
      .select({
        name: weights.name,
        network: weights.network,
        format: weights.format,
        preprocess: weights.preprocess,
        ends: weights.ends,
        outputs: weights.outputs,
      })
      .from(weights)
      .orderBy(asc(weights.name))
      .limit(200);
    return ok({
      splits: rows.map(({ audit, classes, ...split }) => ({ ...split, leaks: leaksOf(audit, classes) })),
      weights: here,
      presets: weightsPresets
        .filter(({ name }) => here.every((weights) => weights.name !== name))
        .map(({ name, network, about, source }) => ({ name, network, about, bytes: source.bytes })),
    });
  },
});
export type LaunchChoices = Extract<Awaited<ReturnType<typeof launchChoices>>, { ok: true }>["value"];

/** The weights that a check can look at films with, the newest first. */
export const checkBases = query({
  name: "check.bases",
  permission: "cohorts.view",
  input: z.object({}),
  async run({ db }) {
    const here = await db
      .select({ name: weights.name, network: weights.network })
      .from(weights)
      .orderBy(desc(weights.id))
      .limit(50);
    return ok(here.flatMap(({ name, network }) => (isFrozen(network) ? [{ name, network }] : [])));
  },
});

function isFrozen(network: string): network is NetworkName {
  return networkNames.some((name) => name === network && trainableNetworks[name].trained === "head");
}
