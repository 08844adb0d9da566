import { eq, type SQL, sql } from "drizzle-orm";
import type { Actor } from "@/server/auth/actor";
import type { Executor } from "@/server/db/client";
import { images, labelSetImages, labelSets } from "@/server/db/schema";
import {
  attributeConditions,
  fromImages,
  joined,
  labelConditions,
  type Selection,
  selectionOf,
  textConditions,
} from "@/server/images/browse/selection";
import { fail, ok, type Result } from "@/server/lib/errors";
import type { Members } from "./members";
import { filtersUnder } from "./policy-filters";
import type { CohortSource } from "./schema";

/**
 * The images that a rule selects: each goes to the first class whose filter it passes. Errors: not-found
 * (label set, dataset, split), invalid (finding; a state that the policy knows nothing of).
 */
export async function ruleMembers(
  db: Executor,
  actor: Actor,
  source: Extract<CohortSource, { kind: "rule" }>,
): Promise<Result<Members>> {
  const labelSetId = await labelSetOf(db, source.labelSet);
  if (!labelSetId.ok) return labelSetId;
  const { classes, policy } = source.rule;
  const filters = filtersUnder(policy, classes);
  if (!filters.ok) return filters;
  const selections = await Promise.all(filters.value.map((where) => selectionOf(db, actor, where)));
  const eachClass = selections.map(
    (selection, index) =>
      sql`select ${images.id} as image_id, ${index}::smallint as class_index
        from ${fromImages(selection)} where ${conditionOf(selection, labelSetId.value)}`,
  );
  return ok({
    classes: classes.map((one) => one.name),
    labelSetId: labelSetId.value,
    unmatched: [],
    select: sql`select distinct on (image_id) image_id, class_index
      from (${sql.join(eachClass, sql` union all `)}) as passing order by image_id, class_index`,
  });
}

/** With a label set its frozen labels decide, and what it does not hold belongs to no class. */
function conditionOf(selection: Selection, labelSetId: number | null): SQL {
  const apart = [...attributeConditions(selection), ...textConditions(selection)];
  const byLabel = labelConditions(selection);
  if (labelSetId === null) return joined([...apart, ...byLabel]);
  const frozen = sql`${images.id} in (select ${labelSetImages.imageId} from ${labelSetImages}
    where ${joined([sql`${labelSetImages.labelSetId} = ${labelSetId}`, ...byLabel])})`;
  return joined([...apart, frozen]);
}

async function labelSetOf(db: Executor, name: string | undefined): Promise<Result<number | null>> {
  if (name === undefined) return ok(null);
  const [row] = await db.select({ id: labelSets.id }).from(labelSets).where(eq(labelSets.name, name));
  return row ? ok(row.id) : fail("not-found", `There is no label set ${name}.`);
}
