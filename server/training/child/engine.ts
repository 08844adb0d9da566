import { type Engine, loadEngine } from "@/server/ml/engine";

let started: Promise<Engine> | undefined;

/** This process's engine, started at the first call; a process has one for its life. */
export function engineOnce(want: "auto" | "native" | "wasm"): Promise<Engine> {
  started ??= loadEngine(want);
  return started;
}
