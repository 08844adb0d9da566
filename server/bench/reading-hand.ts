import { existsSync } from "node:fs";
import { loadavg } from "node:os";
import path from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { sql } from "drizzle-orm";
import { encode } from "next-auth/jwt";
import { valueOf as valueIn } from "@/server/auth/command";
import { openSession } from "@/server/auth/sessions";
import { importNow } from "@/server/datasets/import/import-now";
import { database } from "@/server/db/client";
import { adoptSettings, env } from "@/server/lib/env";
import { adoptSecrets } from "@/server/processes/secrets";
import { ensureBuild } from "@/server/processes/web-build";
import { baseUrl, startWeb, webAnswers } from "@/server/processes/web-process";
import { createWorklist } from "@/server/reading/worklist-commands";
import { personWith } from "@/server/testing/actors";
import { type Benchmark, type Figure, percentile } from "./benchmark";
import { watchHands } from "./watch-hands";

const folder = "data/covid-chestxray-dataset";
const shell = { kind: "shell", osUser: "bench" } as const;
const studies = 50;
/** Added to every request and answer of the browser, each way together. */
const delayMs = 40;
/** Keys of a study, besides the letters: a window preset, inversion there and back. */
const looks = ["2", "i", "i"] as const;
const letters = ["c", "g", "p", "o"] as const;

/**
 * Fifty studies with real films of 1,024 pixels, read in Chromium by keys alone over a line with 40 ms of delay: from
 * the key's own time to the first frame that shows what it did. A next film is shown when its pixels are drawn.
 */
export const readingHandBenchmark: Benchmark = {
  name: "reading-hand",
  needs: [`${folder}/metadata.csv`],
  async run(shared) {
    await ensureBuild();
    await adoptSecrets();
    adoptSettings({ PORT: "3198", NEXTAUTH_URL: "http://localhost:3198" });
    valueIn(await importNow(shell, { format: "covid-chestxray", source: path.join(shared, folder) }));
    const worklist = await worklistOfLargeFilms();
    const web = startWeb(false);
    const browser = await launch();
    try {
      await webAnswers(web);
      return await readAll(await roomOf(browser, worklist));
    } finally {
      await browser.close();
      await web.stop();
    }
  },
};

/** Studies whose first film is 1,000 pixels or more on its longer side. */
async function worklistOfLargeFilms(): Promise<number> {
  const rows = await database().execute<{ id: string }>(sql`
    select s.id from studies s cross join lateral (
      select greatest(o.width, o.height) as side from images i join image_objects o on o.sha256 = i.object_sha256
      where i.study_id = s.id order by i.id limit 1
    ) film where side >= 1000 order by s.id limit ${studies + 2}`);
  const query = { kind: "selection", studies: rows.map(({ id }) => Number(id)) } as const;
  return valueIn(await createWorklist(shell, { name: "by hand", query })).id;
}

async function launch(): Promise<Browser> {
  const system = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
    existsSync,
  );
  const executablePath = existsSync(chromium.executablePath()) ? undefined : system;
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--no-first-run"] });
}

async function roomOf(browser: Browser, worklist: number): Promise<Page> {
  const reader = await personWith("reader");
  const sid = await openSession(database(), reader.userId, null);
  const value = await encode({ token: { sid }, secret: env().NEXTAUTH_SECRET ?? "" });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies([{ name: "overread.session", value, url: baseUrl() }]);
  const page = await context.newPage();
  // tsx marks functions with a helper that the page has not got.
  await page.addInitScript("globalThis.__name ??= (one) => one;");
  await page.addInitScript(watchHands);
  const line = await context.newCDPSession(page);
  await line.send("Network.enable");
  await line.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: delayMs,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
  await page.goto(`${baseUrl()}/reading/${worklist}`);
  return page;
}

async function readAll(page: Page): Promise<Figure[]> {
  const first = await page.evaluate(() => window.hands.filmUp());
  const [next, keys]: [number[], number[]] = [[], []];
  const load = loadavg()[0] ?? Number.NaN;
  for (let study = 0; study < studies; study += 1) {
    // Nobody reads a film in less.
    await page.waitForTimeout(600);
    for (const key of [...letters.slice(0, 1 + (study % letters.length)), ...looks]) {
      keys.push(await shown(page, key));
      await page.waitForTimeout(80);
    }
    next.push(await shown(page, "Enter"));
  }
  return [
    { what: "first film after the address", value: first, unit: "ms" },
    ...spread("next film after Enter", next, 100),
    ...spread("a key shown", keys, 50),
    { what: "films", value: next.length, unit: "films", bar: { atLeast: studies } },
    { what: "load of the machine at the beginning", value: load, unit: "processes" },
  ];
}

/** Presses a key; returns the milliseconds from its time to the frame that shows it. */
async function shown(page: Page, key: string): Promise<number> {
  await page.evaluate(() => window.hands.watch());
  await page.keyboard.press(key);
  return page.evaluate(() => window.hands.shown());
}

function spread(what: string, samples: readonly number[], bar: number): Figure[] {
  return [
    { what: `${what}, p50`, value: percentile(samples, 0.5), unit: "ms" },
    { what: `${what}, p95`, value: percentile(samples, 0.95), unit: "ms", bar: { atMost: bar } },
    { what: `${what}, most`, value: Math.max(...samples), unit: "ms" },
  ];
}
