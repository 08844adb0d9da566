import { and, eq } from "drizzle-orm";
import { query } from "@/server/auth/command";
import type { Database } from "@/server/db/client";
import { imageObjects, images, predictions, runs, saliencyMaps } from "@/server/db/schema";
import { saliencyOverlayOf } from "@/server/images/overlay-picture";
import { fail, ok } from "@/server/lib/errors";
import type { SaliencyMethod } from "@/server/training/schema";
import { saliencyInput } from "./schema";

type Asked = {
  readonly run: number;
  readonly image: number;
  readonly method: SaliencyMethod;
};

/** The facts of a stored map of the predicted class. Errors: not-found with the reason. */
export const showSaliency = query({
  name: "saliency.show",
  permission: "models.view",
  input: saliencyInput,
  async run({ db, input }) {
    const [row] = await findMap(db, input);
    if (!row)
      return fail(
        "not-found",
        `No ${input.method} map of image ${input.image} is stored for run ${input.run}.`,
      );
    const { score, probability, min, max, classIndex } = row.map;
    const className = row.classes[classIndex] ?? "";
    const address = `/api/runs/${input.run}/saliency/${input.image}/overlay?method=${input.method}`;
    return ok({ method: input.method, score, probability, className, min, max, overlay: address });
  },
});

/** The map as it lies over its film. Errors: as `showSaliency`. */
export const saliencyOverlay = query({
  name: "saliency.overlay",
  permission: "models.view",
  input: saliencyInput,
  async run({ db, input }) {
    const [row] = await findMap(db, input);
    if (!row)
      return fail(
        "not-found",
        `No ${input.method} map of image ${input.image} is stored for run ${input.run}.`,
      );
    const { map, width, height } = row;
    return ok(saliencyOverlayOf(map, map.objectSha256, { width, height }));
  },
});

function findMap(db: Database, { run, image, method }: Asked) {
  return db
    .select({
      map: saliencyMaps,
      classes: runs.classes,
      width: imageObjects.width,
      height: imageObjects.height,
    })
    .from(saliencyMaps)
    .innerJoin(runs, eq(runs.id, saliencyMaps.runId))
    .innerJoin(
      predictions,
      and(
        eq(predictions.runId, saliencyMaps.runId),
        eq(predictions.imageId, saliencyMaps.imageId),
        eq(predictions.predictedIndex, saliencyMaps.classIndex),
      ),
    )
    .innerJoin(images, eq(images.id, saliencyMaps.imageId))
    .innerJoin(imageObjects, eq(imageObjects.sha256, images.objectSha256))
    .where(
      and(eq(saliencyMaps.runId, run), eq(saliencyMaps.imageId, image), eq(saliencyMaps.method, method)),
    );
}
