import { eq, sql } from "drizzle-orm";
import { database } from "@/server/db/client";
import { runs } from "@/server/db/schema";
import { ExpectedFailure } from "@/server/lib/errors";
import type { ExplainedFilm, SaliencyCurves, SaliencyMap } from "./child/protocol";
import { startChild } from "./child-process";
import { storeCurves, storeMaps } from "./finish";
import type { SaliencyMethod } from "./schema";

/** Beyond so many test images only those that a person asks for are explained. */
const mostAtOnce = 2_000;

/**
 * Deletion and insertion curves take 84 predictions an image, so a sample stands for the test part: 0.1 s an image with
 * the compact network on two cores, 4.4 s with DenseNet-121, of which fewer have to do.
 */
const mostMeasured = (network: string) => (network === "compact" ? 32 : 12);

type Explain = { readonly runId: number; readonly imageId?: number; readonly method?: SaliencyMethod };

/**
 * Computes saliency maps of a finished run in a child and stores them: of one image, or of the test images
 * that have none (all of them up to 2,000, beyond that the misclassified). Each is of the predicted class. Without an
 * image it also measures what a seeded sample of the test images' maps are worth, by deletion and insertion.
 * @throws ExpectedFailure "not-found" (run, image of the run), "conflict" (no model yet), TaskFailed, ChildDied, the
 * signal's reason
 */
export async function explainRun(
  { runId, imageId, method = "hirescam" }: Explain,
  signal: AbortSignal,
): Promise<{ readonly maps: number; readonly curves: number }> {
  const [run] = await database().select().from(runs).where(eq(runs.id, runId));
  if (!run) throw new ExpectedFailure("not-found", `There is no run ${runId}.`);
  if (!run.modelSha256)
    throw new ExpectedFailure("conflict", `Run ${runId} has no model: it is ${run.status}.`);
  const films = await filmsToExplain(runId, method, imageId);
  if (imageId !== undefined && films.length === 0) {
    throw new ExpectedFailure("not-found", `Run ${runId} has no prediction for image ${imageId}.`);
  }
  const measured = imageId === undefined ? await filmsToMeasure(run, method) : [];
  if (films.length + measured.length === 0) return { maps: 0, curves: 0 };
  signal.throwIfAborted();
  const child = startChild();
  const stop = () => void child.stop();
  signal.addEventListener("abort", stop, { once: true });
  try {
    // The engine that trained the model explains it, so that score and probability are the same numbers.
    await child.ask({ do: "engine", want: run.engine?.name === "native" ? "auto" : "wasm" });
    const waiting: SaliencyMap[] = [];
    const waitingCurves: SaliencyCurves[] = [];
    let stored: Promise<void> = Promise.resolve();
    const flush = () => {
      const [maps, curves] = [waiting.splice(0), waitingCurves.splice(0)];
      stored = stored.then(() =>
        database().transaction(async (tx) => {
          await storeMaps(tx, runId, maps);
          await storeCurves(tx, runId, curves);
        }),
      );
      stored.catch(() => {});
    };
    const result = await child.ask(
      {
        do: "explain",
        modelSha256: run.modelSha256,
        method,
        films,
        measured,
        seed: run.seed,
      },
      (event) => {
        if (event.on === "map" && waiting.push(event.map) >= 32) flush();
        if (event.on === "curves" && waitingCurves.push(event.curves) >= 4) flush();
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
  const rows = await database().execute<FilmRow>(sql`
    select p.image_id as id, i.object_sha256 as sha256, p.predicted_index as class
    from predictions p join images i on i.id = p.image_id
    where p.run_id = ${runId} and i.object_sha256 is not null and ${which}
    order by (p.class_index <> p.predicted_index) desc, p.image_id`);
  return rows.map(filmOf);
}

/** What is still to be measured of the sample, which follows from the run's seed. */
async function filmsToMeasure(
  { id: runId, seed, network }: typeof runs.$inferSelect,
  method: SaliencyMethod,
): Promise<ExplainedFilm[]> {
  const rows = await database().execute<FilmRow>(sql`
    select s.* from (
      select p.image_id as id, i.object_sha256 as sha256, p.predicted_index as class
      from predictions p join images i on i.id = p.image_id
      where p.run_id = ${runId} and p.part = 2 and i.object_sha256 is not null
      order by md5(${`${seed} `}::text || p.image_id), p.image_id limit ${mostMeasured(network)}) s
    where not exists (select from saliency_curves c where c.run_id = ${runId} and c.method = ${method}
      and c.image_id = s.id)`);
  return rows.map(filmOf);
}

type FilmRow = { id: string; sha256: string; class: number };

function filmOf({ id, sha256, class: classIndex }: FilmRow): ExplainedFilm {
  return { imageId: Number(id), sha256, classIndex };
}
