#!/usr/bin/env node
// Runs the TypeScript command line through tsx, on the Node that npm installed with the project.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import process from "node:process";

const root = path.resolve(import.meta.dirname, "../..");
const installed = path.join(root, "node_modules", ".bin", "node");
const node = existsSync(installed) ? installed : process.execPath;
spawnSync(node, [path.join(root, "server", "setup", "run.mjs")], { stdio: ["ignore", 2, 2] });
const program = path.join(root, "server", "cli", "main.ts");
const tsx = path.join(root, "node_modules", "tsx", "dist", "cli.mjs");
const result = spawnSync(node, [tsx, program, ...process.argv.slice(2)], { stdio: "inherit" });
process.exit(result.status ?? 1);
