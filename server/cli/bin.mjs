#!/usr/bin/env node
// Runs the TypeScript command line through tsx, on the Node that npm installed with the project.
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import path from "node:path";
import process from "node:process";

const root = path.resolve(import.meta.dirname, "../..");
const installed = path.join(root, "node_modules", ".bin", "node");
const node = existsSync(installed) ? installed : process.execPath;
spawnSync(node, [path.join(root, "server", "setup", "run.mjs")], { stdio: ["ignore", 2, 2] });
const program = path.join(root, "server", "cli", "main.ts");
const tsx = path.join(root, "node_modules", "tsx", "dist", "cli.mjs");
const command = spawn(node, [tsx, program, ...process.argv.slice(2)], { stdio: "inherit" });
// Who ends this process means the command: `timeout` and service managers know no other. A terminal's Ctrl-C reaches
// both, so that one is only waited for.
process.on("SIGINT", () => {});
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => command.kill(signal));
command.once("error", () => process.exit(1));
command.once("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
