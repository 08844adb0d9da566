import { cpus } from "node:os";
import path from "node:path";
import { valueOrThrow } from "@/server/auth/command";
import { importNow } from "@/server/datasets/import/import-now";
import { driver } from "@/server/db/client";
import { objectStore } from "@/server/storage/open";
import type { Benchmark } from "./benchmark";

const folder = "data/chexpert/CheXpert-v1.0-small";
const shell = { kind: "shell", osUser: "bench" } as const;

/** 1,360 real JPEGs read, hashed, decoded, given thumbnails and stored; then the same folder once more. */
export const importImagesBenchmark: Benchmark = {
  name: "import-images",
  needs: [`${folder}/train.csv`],
  async run(shared) {
    const source = path.join(shared, folder);
    const input = { format: "chexpert", source } as const;
    const before = busy();
    const began = performance.now();
    const first = valueOrThrow(await importNow(shell, input));
    const seconds = (performance.now() - began) / 1000;
    const { mine, idle } = since(before);
    const againBegan = performance.now();
    const again = valueOrThrow(await importNow(shell, input));
    const againSeconds = (performance.now() - againBegan) / 1000;
    return [
      { what: "images", value: first.images.present, unit: "images", bar: { atLeast: 1360 } },
      { what: "with film and thumbnail in the store", value: await stored(), unit: "films" },
      {
        what: "first import",
        value: first.images.present / seconds,
        unit: "images/s",
        bar: { atLeast: 150 },
      },
      { what: "first import", value: seconds, unit: "s" },
      { what: "the importer's own user and system time, without decoders", value: mine, unit: "s" },
      { what: "processor time that nobody used meanwhile", value: idle, unit: "s" },
      { what: "again, unchanged", value: again.images.present / againSeconds, unit: "images/s" },
      { what: "updated when nothing changed", value: again.updated, unit: "images", bar: { atMost: 0 } },
    ];
  },
};

async function stored(): Promise<number> {
  const films = await driver()<{ sha256: string; thumbnail: string }[]>`
    select sha256, thumbnail_sha256 as thumbnail from image_objects`;
  const store = objectStore();
  const whole = await Promise.all(
    films.map(async ({ sha256, thumbnail }) => (await store.has(sha256)) && (await store.has(thumbnail))),
  );
  return whole.filter(Boolean).length;
}

/** Processor times: of this process, and idle ones of the machine (it may be shared). Seconds. */
function busy() {
  const { user, system } = process.cpuUsage();
  const idle = cpus().reduce((sum, { times }) => sum + times.idle, 0);
  return { mine: (user + system) / 1e6, idle: idle / 1e3 };
}

function since(before: ReturnType<typeof busy>): ReturnType<typeof busy> {
  const now = busy();
  return { mine: now.mine - before.mine, idle: now.idle - before.idle };
}
