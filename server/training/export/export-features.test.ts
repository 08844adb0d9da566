import { readdir, truncate } from "node:fs/promises";
import path from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { auditLog, featureRows, images, weights } from "@/server/db/schema";
import { dataFolder } from "@/server/lib/env";
import { loadEngine } from "@/server/ml/engine";
import { efficientNetLite0 } from "@/server/ml/networks/efficientnet-lite0";
import { newEfficientNetWeights } from "@/server/ml/networks/efficientnet-lite0-layers";
import { pooledFeatures } from "@/server/ml/predict";
import { seededRandom } from "@/server/ml/random";
import { objectStore } from "@/server/storage/open";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { smallSplit } from "@/server/testing/small-split";
import { loadFilm } from "../child/films";
import { type Crew, gatherCrew } from "../crew";
import { encodeWeights } from "../weights-file";
import { type ExportedFeatures, exportFeatures } from "./export-features";

testDatabase();

let crew: Crew;
afterAll(() => crew.dismiss());

const base = newEfficientNetWeights(seededRandom(3));
const asked = { network: "efficientnet-lite0", weights: "seeded" } as const;

beforeAll(async () => {
  crew = gatherCrew();
  await loadEngine("wasm");
  const facts = { network: "efficientnet-lite0", file: "", ends: "relu" } as const;
  await database()
    .insert(weights)
    .values({
      ...{ name: "seeded", network: facts.network, format: "torch-zip", parameters: 3_371_008 },
      ...{ preprocess: "efficientnet-lite", missing: [], unused: [], createdBy: "test" },
      objectSha256: await objectStore().put(encodeWeights(facts, base)),
    });
});

describe("features of a dataset", () => {
  it("are a row for each film that is here, as the network gives it, in the order of the index", async () => {
    const { name } = await smallSplit({ parts: [4, 2, 2], absent: 1 });
    const exported = valueIn(
      await exportFeatures(await personWith("scientist"), { ...asked, dataset: name }, { crew }),
    );
    expect(exported).toMatchObject({ width: 1280, absent: 1 });
    const paths = exported.images.map((image) => image.path);
    expect(paths).toEqual([...paths].sort());
    const rows = await numbersOf(exported);
    expect(rows).toHaveLength(7 * 1280);
    const network = efficientNetLite0(base);
    for (const [at, { path: film, sha256 }] of exported.images.entries()) {
      const [row] = await database().select().from(images).where(eq(images.path, film));
      expect(sha256).toBe(row?.objectSha256);
      const expected = pooledFeatures(network, await loadFilm(sha256, "efficientnet-lite", 224));
      const furthest = expected.reduce(
        (most, value, column) => Math.max(most, Math.abs(value - (rows[at * 1280 + column] ?? Number.NaN))),
        0,
      );
      expect(furthest).toBeLessThan(1e-4);
    }
    network.dispose();
    const [entry] = await database().select().from(auditLog).where(eq(auditLog.action, "features.exported"));
    expect(entry?.detail).toMatchObject({ weights: "seeded", images: 7 });
  });

  it("of a cohort are the same, and are extracted once; a damaged shard is extracted again", async () => {
    const scientist = await personWith("scientist");
    const { name } = await smallSplit({ parts: [2, 0, 2] });
    const byDataset = await numbersOf(
      valueIn(await exportFeatures(scientist, { ...asked, dataset: name }, { crew })),
    );
    const progress: number[] = [];
    const onProgress = (done: number) => progress.push(done);
    const byCohort = valueIn(
      await exportFeatures(scientist, { ...asked, cohort: name }, { crew, onProgress }),
    );
    expect(await numbersOf(byCohort)).toEqual(byDataset);
    expect(progress).toEqual([]);
    const [damaged] = await database()
      .select()
      .from(featureRows)
      .where(eq(featureRows.imageSha256, byCohort.images[0]?.sha256 ?? ""));
    await truncate(await objectFile(damaged?.shardSha256 ?? ""), 100);
    const again = await exportFeatures(scientist, { ...asked, cohort: name }, { crew, onProgress });
    expect(await numbersOf(valueIn(again))).toEqual(byDataset);
    expect(progress.length).toBeGreaterThan(0);
  });
});

it("says what is wrong with what was asked for, and lets no reader export", async () => {
  const scientist = await personWith("scientist");
  const { name } = await smallSplit({ parts: [1, 0, 0] });
  const wrong = [
    { ask: asked, code: "invalid", says: "Name either a dataset or a cohort." },
    { ask: { ...asked, dataset: name, cohort: name }, code: "invalid", says: "Name either" },
    { ask: { ...asked, dataset: "none" }, code: "not-found", says: "There is no dataset none." },
    { ask: { ...asked, cohort: "none" }, code: "not-found", says: "There is no cohort none." },
    { ask: { ...asked, dataset: name, weights: "none" }, code: "not-found", says: "no weights none" },
    {
      ask: { ...asked, dataset: name, network: "densenet121" } as const,
      code: "invalid",
      says: "belong to efficientnet-lite0",
    },
  ];
  for (const { ask, code, says } of wrong) {
    const message = expect.stringContaining(says);
    expect(await exportFeatures(scientist, ask)).toMatchObject({ code, message });
  }
  const reader = await personWith("reader");
  expect(await exportFeatures(reader, { ...asked, dataset: name })).toMatchObject({ code: "forbidden" });
});

/** The numbers of the NumPy file, which stand behind a header of 128 bytes. */
async function numbersOf({ npy }: ExportedFeatures): Promise<Float32Array> {
  const pieces: Buffer[] = [];
  for await (const piece of npy()) pieces.push(piece);
  return new Float32Array(new Uint8Array(Buffer.concat(pieces).subarray(128)).buffer);
}

async function objectFile(sha256: string): Promise<string> {
  const folder = path.join(dataFolder(), "objects");
  const files = await readdir(folder, { recursive: true });
  return path.join(folder, files.find((file) => file.replaceAll("/", "").includes(sha256)) ?? "");
}
