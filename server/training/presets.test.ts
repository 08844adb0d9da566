import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import { ready } from "h5wasm/node";
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/server/db/client";
import { weights } from "@/server/db/schema";
import { dataFolder } from "@/server/lib/env";
import type { NamedArray } from "@/server/ml/named-array";
import { newDenseNetWeights } from "@/server/ml/networks/densenet121-layers";
import { seededRandom } from "@/server/ml/random";
import { writeKerasNetwork } from "@/server/ml/weights/keras/keras-h5.fixture";
import { objectStore } from "@/server/storage/open";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { bringWeights } from "./bring-weights";
import { fetchWeights } from "./fetch-weights";
import { decodeWeights } from "./weights-file";
import { type WeightsPreset, weightsPreset } from "./weights-presets";

testDatabase();
beforeAll(async () => void (await ready));

const base = newDenseNetWeights(seededRandom(4));

/** CheXNet's file in all but its numbers: layers as Keras listed them in March 2018. */
async function chexnetLike(outputs: number | null): Promise<Buffer<ArrayBuffer>> {
  const classifier: NamedArray[] =
    outputs === null
      ? []
      : [{ name: "predictions/kernel", shape: [1024, outputs], values: new Float32Array(1024 * outputs) }];
  const folder = await mkdtemp(path.join(tmpdir(), "overread-chexnet-"));
  const file = path.join(folder, "chexnet.h5");
  writeKerasNetwork(file, [...base, ...classifier], ["conv1/relu", "avg_pool"]);
  const bytes = await readFile(file);
  await rm(folder, { recursive: true });
  return bytes;
}

describe("chexnet from a file that was got elsewhere", () => {
  it("keeps its fourteen outputs, its preprocess, and that its last map has no ReLU", async () => {
    const scientist = await personWith("scientist");
    expect(await bringWeights(scientist, { preset: "chexnet", file: await chexnetLike(14) })).toMatchObject({
      ok: true,
      value: {
        ...{ name: "chexnet", network: "densenet121", format: "keras-h5", parameters: 7_037_504 },
        ...{ preprocess: "imagenet", ends: "bn", missing: [], unused: ["predictions/kernel"] },
      },
    });
    const [row] = await database().select().from(weights).where(eq(weights.name, "chexnet"));
    expect(row?.outputs).toHaveLength(14);
    expect(row?.outputs?.slice(0, 2)).toEqual(["Atelectasis", "Cardiomegaly"]);
    expect(decodeWeights(await objectStore().get(row?.objectSha256 ?? "")).ends).toBe("bn");
  });

  it.each([
    { outputs: 5, says: "tells 5 classes apart, where 14 outputs are expected" },
    { outputs: null, says: "has no classifier, where 14 outputs are expected" },
  ])("is not taken for it with $outputs outputs", async ({ outputs, says }) => {
    const file = await chexnetLike(outputs);
    expect(
      await bringWeights(await personWith("scientist"), { preset: "chexnet", name: "other", file }),
    ).toMatchObject({
      code: "invalid",
      message: expect.stringContaining(says),
    });
  });
});

it("refuses another file in a preset's place by its published checksum", async () => {
  const file = await chexnetLike(14);
  const asked = { preset: "densenet121-imagenet", file };
  expect(await bringWeights(await personWith("scientist"), asked)).toMatchObject({
    code: "invalid",
    message: "This is not the file of densenet121-imagenet: its MD5 is not 30ee3e1110167f948a6b9946edeeb738.",
  });
});

describe("where the source cannot be reached", () => {
  const imagenet = weightsPreset("densenet121-imagenet") as WeightsPreset & { source: { at: "web" } };
  const away: WeightsPreset = {
    ...imagenet,
    source: { ...imagenet.source, url: "http://127.0.0.1:9/file.h5" },
  };
  const place = () => path.join(dataFolder(), "weights", away.source.filename);

  it("says which file to get and where to put it", async () => {
    const failure = await fetchWeights(away);
    expect(failure).toMatchObject({ code: "unavailable" });
    const { message } = failure as { message: string };
    for (const part of [
      "127.0.0.1:9 cannot be reached",
      away.source.filename,
      "http://127.0.0.1:9/file.h5",
      place(),
    ]) {
      expect(message).toContain(part);
    }
    expect(message).toContain("overread weights import <file> --preset densenet121-imagenet");
  });

  it("takes the file from there, if it is the one", async () => {
    await mkdir(path.dirname(place()), { recursive: true });
    await writeFile(place(), "something else");
    expect(await fetchWeights(away)).toMatchObject({ code: "invalid" });
    const md5 = createHash("md5").update("something else").digest("hex");
    const own = { ...away.source, checksum: { algorithm: "md5", hex: md5 } } as const;
    expect(await fetchWeights({ ...away, source: own })).toEqual(Buffer.from("something else"));
    await rm(place());
  });
});
