import { eq, sql } from "drizzle-orm";
import { database } from "@/server/db/client";
import { runs } from "@/server/db/schema";
import { ExpectedFailure } from "@/server/lib/errors";
import type { ExplainedFilm, SaliencyMap } from "./child/protocol";
import { startChild } from "./child-process";
import { storeMaps } from "./finish";
import type { SaliencyMethod } from "./schema";

/** Beyond so many test images only those that a person asks for are explained. */
const mostAtOnce = 2_000;

type Explain = { readonly runId: number; readonly imageId?: number; readonly method?: SaliencyMethod };

/**
 * Computes saliency maps of a finished run in a child and stores them: of one image, or of the test images
 * that have none (all of them up to 2,000, beyond that the misclassified). Each is of the predicted class.
 * @throws ExpectedFailure "not-found" (run, image of the run), "conflict" (no model yet), TaskFailed, ChildDied
 */
export async function explainRun(
  { runId, imageId, method = "hirescam" }: Explain,
  signal: AbortSignal,
): Promise<{ readonly maps: number }> {
  const [run] = await database().select().from(runs).where(eq(runs.id, runId));
  if (!run) throw new ExpectedFailure("not-found", `There is no run ${runId}.`);
  if (!run.modelSha256)
    throw new ExpectedFailure("conflict", `Run ${runId} has no model: it is ${run.status}.`);
  const films = await filmsToExplain(runId, method, imageId);
  if (imageId !== undefined && films.length === 0) {
    throw new ExpectedFailure("not-found", `Run ${runId} has no prediction for image ${imageId}.`);
  }
  if (films.length === 0) return { maps: 0 };
  const child = startChild();
  const stop = () => void child.stop();
  signal.addEventListener("abort", stop, { once: true });
  try {
    // The engine that trained the model explains it, so that score and probability are the same numbers.
    await child.ask({ do: "engine", want: run.engine?.name === "native" ? "auto" : "wasm" });
    const waiting: SaliencyMap[] = [];
    let stored: Promise<void> = Promise.resolve();
    const flush = () => {
      const maps = waiting.splice(0);
      stored = stored.then(() => database().transaction((tx) => storeMaps(tx, runId, maps)));
      stored.catch(() => {});
    };
    const result = await child.ask(
      {
        do: "explain",
        modelSha256: run.modelSha256,
        method,
        films,
      },
      (event) => {
        if (event.on === "map" && waiting.push(event.map) >= 32) flush();
      },
    );
    flush();
    await stored;
    return result;
  } finally {
    signal.removeEventListener("abort", stop);
    await child.stop();
  }
}

async function filmsToExplain(
  runId: number,
  method: SaliencyMethod,
  imageId?: number,
): Promise<ExplainedFilm[]> {
  const which =
    imageId === undefined
      ? sql`p.part = 2 and (p.class_index <> p.predicted_index or
          (select count(*) from predictions q where q.run_id = ${runId} and q.part = 2) <= ${mostAtOnce})
        and not exists (select from saliency_maps m where m.run_id = p.run_id and m.image_id = p.image_id
          and m.method = ${method} and m.class_index = p.predicted_index)`
      : sql`p.image_id = ${imageId}`;
  const rows = await database().execute<{ id: string; sha256: string; class: number }>(sql`
    select p.image_id as id, i.object_sha256 as sha256, p.predicted_index as class
    from predictions p join images i on i.id = p.image_id
    where p.run_id = ${runId} and i.object_sha256 is not null and ${which}
    order by (p.class_index <> p.predicted_index) desc, p.image_id`);
  return rows.map((row) => ({ imageId: Number(row.id), sha256: row.sha256, classIndex: row.class }));
}
