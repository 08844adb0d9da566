import { sql } from "drizzle-orm";
import { actorName } from "@/server/auth/actor";
import { command } from "@/server/auth/command";
import { labelSets } from "@/server/db/schema";
import { fail, ok } from "@/server/lib/errors";
import { currentLabelRule } from "./rules";
import { freezeInput } from "./schema";

/**
 * Freezes the current labels of all images under a name, each with where it comes from and the rule as it
 * stands. Errors: conflict (the name is taken, there are no images).
 */
export const freezeLabels = command({
  name: "labels.freeze",
  permission: "labels.freeze",
  input: freezeInput,
  async run({ tx, actor, input, audit }) {
    const [set] = await tx
      .insert(labelSets)
      .values({ name: input.name, rule: currentLabelRule, studies: 0, createdBy: actorName(actor) })
      .onConflictDoNothing()
      .returning();
    if (!set) return fail("conflict", `There is a label set ${input.name} already.`);
    // One statement, one snapshot: no read is half in.
    const [frozen] = await tx.execute<{ images: number; studies: number }>(sql`
      with frozen as (
        insert into label_set_images (label_set_id, image_id, labels, origin)
        select ${set.id}, i.id, i.labels, s.label_origin from images i join studies s on s.id = i.study_id
        order by i.id
        returning image_id
      ), counted as (select count(*)::int as studies from studies)
      update label_sets set studies = counted.studies from counted where id = ${set.id}
      returning label_sets.studies, (select count(*)::int from frozen) as images`);
    const { images = 0, studies = 0 } = frozen ?? {};
    if (images === 0) return fail("conflict", "There are no images to freeze labels of.");
    audit({
      action: "labels.frozen",
      object: { type: "label-set", id: set.id },
      after: { name: set.name, images, studies },
    });
    return ok({ id: set.id, name: set.name, rule: currentLabelRule, images, studies });
  },
});
