import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";
import { setWasmPaths, version_wasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { registerGradients } from "./gradients";
import { registerWasmGradients } from "./wasm-gradients";

export type Backend = { readonly version: string; readonly device: string; readonly library: string };

/**
 * Starts the WebAssembly backend with SIMD and the gradients it lacks, and makes it the current one.
 * @throws Error when the backend does not start.
 */
export async function startWasm(): Promise<Backend> {
  const binary = createRequire(import.meta.url).resolve(
    "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm",
  );
  setWasmPaths(`${path.dirname(binary)}${path.sep}`);
  const started = await withoutProcessHandlers(async () => {
    const chosen = await tf.setBackend("wasm");
    await tf.ready();
    return chosen;
  });
  if (!started) throw new Error("the wasm backend did not start");
  registerGradients();
  registerWasmGradients();
  const simd = await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT");
  return {
    version: version_wasm,
    device: simd ? "CPU, 1 thread, SIMD" : "CPU, 1 thread",
    library: `TensorFlow.js ${tf.version_core}, WebAssembly and XNNPACK`,
  };
}

/**
 * Emscripten's loader listens for uncaught exceptions and unhandled rejections of the whole process and
 * rethrows them from its own minified line; a library must not, so what it added is taken away again.
 */
async function withoutProcessHandlers<T>(start: () => Promise<T>): Promise<T> {
  const exceptions = process.listeners("uncaughtException");
  const rejections = process.listeners("unhandledRejection");
  const result = await start();
  for (const listener of process.listeners("uncaughtException")) {
    if (!exceptions.includes(listener)) process.removeListener("uncaughtException", listener);
  }
  for (const listener of process.listeners("unhandledRejection")) {
    if (!rejections.includes(listener)) process.removeListener("unhandledRejection", listener);
  }
  return result;
}
