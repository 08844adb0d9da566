import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import { auditLog, runs, splits, weights } from "@/server/db/schema";
import { personWith } from "@/server/testing/actors";
import { testDatabase } from "@/server/testing/database";
import { smallSplit } from "@/server/testing/small-split";
import { cancelRun, launchRun } from "./commands";
import { planLaunch } from "./plan";
import { runNews, showRun } from "./queries";
import { importWeights } from "./weights-commands";

testDatabase();

describe("launching a run", () => {
  it("stores everything that decides its numbers, with every default", async () => {
    const scientist = await personWith("scientist");
    const { name, splitId } = await smallSplit();
    const { run } = valueIn(await launchRun(scientist, { split: name, network: "compact", epochs: 3 }));
    const detail = valueIn(await showRun(scientist, { run }));
    expect(detail).toMatchObject({
      status: "queued",
      split: { id: splitId, name },
      classes: ["disc", "plain"],
      datasetVersions: { [name]: 1 },
      seed: 42,
      createdBy: scientist.email,
      configuration: {
        preset: null,
        weights: null,
        preprocess: "compact",
        training: { epochs: 3, batchSize: 16, optimizer: "adam", decay: 0.001 / 3, seed: 42 },
      },
    });
    const trail = await database().select().from(auditLog).where(eq(auditLog.action, "run.launched"));
    expect(trail).toEqual([expect.objectContaining({ objectId: String(run), userId: scientist.userId })]);
  });

  it("warns in its log of a leaking split and of a base with random weights", async () => {
    const scientist = await personWith("scientist");
    const { name, splitId } = await smallSplit();
    const none = { images: 0, leaked: 0, byClass: {} };
    const disc = { images: 4, leaked: 2, share: 0.5 };
    await database()
      .update(splits)
      .set({
        audit: {
          leaks: { patients: 1, groups: 1, films: 0 },
          parts: { train: none, validation: none, test: { images: 8, leaked: 2, byClass: { disc } } },
          reasons: [],
          expected: { all: 0, byClass: {} },
          datasetVersions: {},
        },
      })
      .where(eq(splits.id, splitId));
    const { run } = valueIn(await launchRun(scientist, { split: name, network: "densenet121" }));
    const { log } = valueIn(await runNews(scientist, { run }));
    expect(log.map(({ line }) => line)).toEqual([
      expect.stringContaining("50% of disc test images (2 of 4) share a patient or a film with training"),
      expect.stringContaining("random weights"),
    ]);
  });

  it("happens once, however often the button is pressed", async () => {
    const scientist = await personWith("scientist");
    const { name } = await smallSplit();
    const idempotencyKey = "6a0d6c34-58ad-4b33-9f2a-f1a4a4a0b0f1";
    const input = { split: name, network: "compact", idempotencyKey } as const;
    const pressed = await Promise.all([1, 2, 3].map(() => launchRun(scientist, input)));
    expect(new Set(pressed.map((result) => valueIn(result).run)).size).toBe(1);
    const rows = await database().select().from(runs).where(eq(runs.idempotencyKey, idempotencyKey));
    expect(rows).toHaveLength(1);
  });

  it.each([
    {
      what: "a class without an image in a part",
      split: { without: { part: 2, classIndex: 0 } },
      input: {},
      refusal: { code: "invalid", message: "disc has no image in test." },
    },
    {
      what: "a single class",
      split: { classes: ["disc"] },
      input: {},
      refusal: { code: "invalid", message: "A run needs at least two classes." },
    },
    {
      what: "class weights and sampling at once",
      split: {},
      input: { classWeights: "balanced", sampling: "over" },
      refusal: {
        code: "invalid",
        message: "Class weights and sampling both even out the classes: choose one of them.",
      },
    },
    {
      what: "films that are not here",
      split: { absent: 5 },
      input: {},
      refusal: {
        code: "invalid",
        message: expect.stringContaining("The films of 5 of the 30 images are not here"),
      },
    },
    {
      what: "a split that is not there",
      split: {},
      input: { split: "nowhere" },
      refusal: { code: "not-found", message: "There is no split nowhere." },
    },
    {
      what: "weights that are not there",
      split: {},
      input: { network: "densenet121", weights: "imagenet" },
      refusal: { code: "not-found", message: "There are no weights imagenet." },
    },
    {
      what: "weights for a network that takes none",
      split: {},
      input: { weights: "imagenet" },
      refusal: { code: "invalid", message: expect.stringContaining("takes no weights") },
    },
    {
      what: "the published preset on another network",
      split: {},
      input: { preset: "published" },
      refusal: { code: "invalid", message: expect.stringContaining("is for DenseNet-121") },
    },
    {
      what: "a stage of another network to fine-tune from",
      split: {},
      input: { network: "densenet121", fineTune: "block3" },
      refusal: {
        code: "invalid",
        message:
          "DenseNet-121 has no stage block3: it can be fine-tuned whole, or from conv2, conv3, conv4, conv5 on.",
      },
    },
    {
      what: "fine-tuning of a network that is trained whole anyway",
      split: {},
      input: { fineTune: "whole" },
      refusal: { code: "invalid", message: expect.stringContaining("there is nothing to fine-tune") },
    },
    {
      what: "no epoch",
      split: {},
      input: { epochs: 0 },
      refusal: { code: "invalid", message: expect.stringContaining("Epochs: ") },
    },
  ] as const)("refuses $what", async ({ split, input, refusal }) => {
    const scientist = await personWith("scientist");
    const { name } = await smallSplit({ ...split, classes: "classes" in split ? split.classes : undefined });
    const before = await database().$count(runs);
    expect(await launchRun(scientist, { split: name, network: "compact", ...input })).toMatchObject(refusal);
    expect(await database().$count(runs)).toBe(before);
  });

  it("is for scientists and administrators", async () => {
    const { name } = await smallSplit();
    for (const role of ["reader", "adjudicator"] as const) {
      const person = await personWith(role);
      expect(await launchRun(person, { split: name, network: "compact" })).toMatchObject({
        code: "forbidden",
      });
      expect(await cancelRun(person, { run: 1 })).toMatchObject({ code: "forbidden" });
    }
  });

  it("takes weights of its own network only", async () => {
    const scientist = await personWith("scientist");
    const { name } = await smallSplit();
    await database()
      .insert(weights)
      .values({
        name: "other",
        network: "efficientnet",
        format: "keras-h5",
        objectSha256: "0".repeat(64),
        parameters: 1,
        preprocess: "imagenet",
        missing: [],
        unused: [],
        createdBy: "test",
      });
    expect(
      await launchRun(scientist, { split: name, network: "densenet121", weights: "other" }),
    ).toMatchObject({
      code: "invalid",
      message: "The weights other belong to efficientnet, not to densenet121.",
    });
  });
});

describe("a plan", () => {
  it("says that a base is random, what is to extract and how classes weigh", async () => {
    const scientist = await personWith("scientist");
    const { name } = await smallSplit();
    const plan = valueIn(
      await planLaunch(scientist, { split: name, network: "densenet121", preset: "published" }),
    );
    expect(plan).toMatchObject({
      random: true,
      classWeights: [1, 1],
      leaks: [],
      configuration: { augmentedViews: 4, rotation: 15, preprocess: "as-published" },
      estimate: { basis: "reference", features: { missing: 30 + 16 * 4, stored: 0 } },
    });
  });
});

describe("cancelling a run that waits", () => {
  it("ends it at once", async () => {
    const scientist = await personWith("scientist");
    const { name } = await smallSplit();
    const { run } = valueIn(await launchRun(scientist, { split: name, network: "compact" }));
    expect(await cancelRun(scientist, { run })).toMatchObject({ ok: true, value: { status: "cancelled" } });
    expect(await cancelRun(scientist, { run: 999_999 })).toMatchObject({ code: "not-found" });
  });
});

describe("importing weights", () => {
  it("refuses what is no HDF5 file, and keeps nothing of it", async () => {
    const scientist = await personWith("scientist");
    const input = {
      network: "densenet121",
      name: "broken",
      bytes: Buffer.from("<html>not weights</html>"),
    } as const;
    expect(await importWeights(scientist, input)).toMatchObject({ ok: false, code: "invalid" });
    expect(await database().select().from(weights).where(eq(weights.name, "broken"))).toEqual([]);
  });
});
