import { ExpectedFailure, messageOf } from "@/server/lib/errors";
import { checkHealth } from "./engine/health";
import { startNative } from "./engine/native";
import { type Backend, startWasm } from "./engine/wasm";

export type Engine = {
  readonly name: "native" | "wasm";
  /** Version of the backend's package. */
  readonly version: string;
  /** What computes: "GPU", "CPU, 1 thread, SIMD". */
  readonly device: string;
  /** The library below TensorFlow.js, with its version. */
  readonly library: string;
  /** Why this engine, in a sentence for the run's page. */
  readonly why: string;
};

/**
 * Starts the engine that all tensors of this process live on: native TensorFlow where its addon loads, else
 * WebAssembly. Each is trusted only after a health check.
 * @throws ExpectedFailure "unavailable" when the wanted engine, or with "auto" any engine, cannot be used.
 */
export async function loadEngine(want: "auto" | "native" | "wasm"): Promise<Engine> {
  if (want === "wasm") return start("wasm", startWasm, "WebAssembly, as asked for.");
  try {
    return await start("native", startNative, "Native TensorFlow, the fastest engine here.");
  } catch (error) {
    if (want === "native") throw error;
    return start("wasm", startWasm, `WebAssembly, because ${lowerFirst(messageOf(error))}`);
  }
}

async function start(name: Engine["name"], backend: () => Promise<Backend>, why: string): Promise<Engine> {
  const label = name === "native" ? "The native engine" : "The WebAssembly engine";
  try {
    const started = await backend();
    checkHealth();
    return { name, ...started, why };
  } catch (cause) {
    throw new ExpectedFailure("unavailable", `${label} cannot be used: ${reasonOf(cause)}`, undefined, {
      cause,
    });
  }
}

/** One line for the run's page; an addon that was never built is no news and needs no path. */
function reasonOf(cause: unknown): string {
  const [first = ""] = messageOf(cause).split("\n");
  if (/tfjs_binding\.node|Cannot find (module|package)/.test(first))
    return "its addon is not installed here.";
  return first.trim();
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
