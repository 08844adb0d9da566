import { createRequire } from "node:module";
import util from "node:util";
import * as tf from "@tensorflow/tfjs-core";
import { registerGradients } from "./gradients";
import type { Backend } from "./wasm";

/**
 * Starts the native TensorFlow addon (`@tensorflow/tfjs-node-gpu`) and makes it the current backend.
 * @throws Error when the package or its compiled addon is not there or does not load.
 */
export async function startNative(): Promise<Backend> {
  restoreUtilPredicates();
  const native = await import("@tensorflow/tfjs-node-gpu");
  if (!(await tf.setBackend("tensorflow"))) throw new Error("the native backend did not start");
  await tf.ready();
  registerGradients();
  const backend: unknown = tf.backend();
  return {
    version: native.version["tfjs-node"],
    device: usesGpu(backend) ? "GPU" : "CPU",
    library: `TensorFlow ${libraryVersion(backend)}`,
  };
}

/** Predicates that Node 23 took off `util` and that tfjs-node still calls (tensorflow/tfjs issue 8609). */
const utilPredicates = {
  isArray: Array.isArray,
  isNull: (value: unknown) => value === null,
  isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  isUndefined: (value: unknown) => value === undefined,
  isString: (value: unknown) => typeof value === "string",
  isNumber: (value: unknown) => typeof value === "number",
  isBoolean: (value: unknown) => typeof value === "boolean",
  isFunction: (value: unknown) => typeof value === "function",
  isObject: (value: unknown) => typeof value === "object" && value !== null,
};

function restoreUtilPredicates(): void {
  const shared: object = createRequire(import.meta.url)("node:util") ?? util;
  for (const [name, predicate] of Object.entries(utilPredicates)) {
    if (!(name in shared)) Object.defineProperty(shared, name, { value: predicate, configurable: true });
  }
}

function usesGpu(backend: unknown): boolean {
  return has(backend, "isUsingGpuDevice") && backend.isUsingGpuDevice === true;
}

function libraryVersion(backend: unknown): string {
  const binding = has(backend, "binding") ? backend.binding : undefined;
  return has(binding, "TF_Version") ? String(binding.TF_Version) : "of unknown version";
}

function has<K extends string>(value: unknown, key: K): value is Record<K, unknown> {
  return typeof value === "object" && value !== null && key in value;
}
