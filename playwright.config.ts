import { existsSync } from "node:fs";
import { chromium, defineConfig } from "@playwright/test";

const system = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const executablePath = existsSync(chromium.executablePath()) ? undefined : system;

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  // The journeys share one installation and its database; each makes what it needs under names of its own.
  workers: 1,
  timeout: 240_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env.CI !== undefined,
  // On a machine under load one slip must not hide what all other journeys say; the summary names it.
  retries: process.env.CI === undefined ? 0 : 1,
  reporter: [["list"], ["json", { outputFile: "test-results/journeys.json" }]],
  globalSetup: "./e2e/start-overread.ts",
  use: {
    baseURL: "http://localhost:3210",
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath,
      args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"],
    },
  },
});
