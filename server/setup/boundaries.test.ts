import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

// A check that cannot fail checks nothing: each planted import is linted with the project's own rules.
const planted = [
  { file: "server/ml/planted.ts", imports: "@/server/db/client", refused: true },
  { file: "server/ml/planted-errors.ts", imports: "@/server/lib/errors", refused: false },
  { file: "server/ml/planted-up.ts", imports: "../training/rules", refused: true },
  { file: "server/ml/deep/planted.ts", imports: "../../training/rules", refused: true },
  { file: "server/labels/planted.ts", imports: "@/server/reading/queries", refused: true },
  { file: "server/reading/planted.ts", imports: "@/server/labels/states", refused: false },
  { file: "server/splits/planted.ts", imports: "@tensorflow/tfjs-core", refused: true },
  { file: "server/splits/planted-cli.ts", imports: "@/server/cli/context", refused: true },
  { file: "server/storage/planted.ts", imports: "@/server/images/decode", refused: true },
  { file: "server/lib/planted.ts", imports: "@/server/db/client", refused: true },
  { file: "server/db/planted.ts", imports: "@/app/layout", refused: true },
  { file: "app/planted.ts", imports: "@/server/db/client", refused: true },
  { file: "app/planted-queries.ts", imports: "@/server/splits/queries", refused: false },
] as const;

describe("import boundaries", () => {
  let root: string;
  let refusedFiles: Set<string>;

  beforeAll(() => {
    root = mkdtempSync(path.join(tmpdir(), "overread-boundaries-"));
    const settings = JSON.parse(readFileSync("biome.json", "utf8"));
    writeFileSync(path.join(root, "biome.json"), JSON.stringify({ ...settings, vcs: { enabled: false } }));
    for (const { file, imports } of planted) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), `import { a } from "${imports}";\nexport const b = a;\n`);
    }
    refusedFiles = lint(root);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it.each(planted)("$file importing $imports: refused $refused", ({ file, refused }) => {
    expect(refusedFiles.has(file)).toBe(refused);
  });
});

function lint(root: string): Set<string> {
  const biome = path.resolve("node_modules/.bin/biome");
  const options = [
    "lint",
    "--only=style/noRestrictedImports",
    "--reporter=json",
    "--max-diagnostics=none",
    ".",
  ];
  let output: string;
  try {
    output = execFileSync(biome, options, {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch (error) {
    output = (error as { stdout: string }).stdout;
  }
  const report = JSON.parse(output) as { diagnostics: { location?: { path?: string | { file: string } } }[] };
  const files = report.diagnostics.map(({ location }) =>
    typeof location?.path === "string" ? location.path : (location?.path?.file ?? ""),
  );
  return new Set(files.map((file) => file.replace(/^\.\//, "")));
}
