import process from "node:process";
import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { loadEngine } from "./engine";

test("the WebAssembly engine starts, passes its health check and says what it is", async () => {
  const listeners = process.listenerCount("uncaughtException");
  const engine = await loadEngine("wasm");
  expect(engine).toMatchObject({ name: "wasm", version: "4.22.0", device: "CPU, 1 thread, SIMD" });
  expect(engine.why).toContain("as asked for");
  expect(tf.getBackend()).toBe("wasm");
  expect(process.listenerCount("uncaughtException")).toBe(listeners);
});

test("auto takes native TensorFlow where it loads and else says why not; native alone fails plainly", async () => {
  const engine = await loadEngine("auto");
  if (engine.name === "native") return;
  expect(engine.why).toContain("because the native engine cannot be used");
  await expect(loadEngine("native")).rejects.toMatchObject({ failure: { code: "unavailable" } });
});
