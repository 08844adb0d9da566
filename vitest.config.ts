import path from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": path.resolve(import.meta.dirname) } },
  test: {
    include: ["server/**/*.test.ts", "app/**/*.test.ts", "app/**/*.test.tsx"],
    globalSetup: ["server/testing/postgres.setup.ts"],
    // Against what hangs, not what is slow: the tests that type dozens of commands share two cores with everything else.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
  },
});
