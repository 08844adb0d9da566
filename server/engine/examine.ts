import { startChild } from "@/server/training/child-process";
import type { RunEngine } from "@/server/training/schema";

export type ExaminedEngine = RunEngine & {
  /** Billions of operations a second in a convolution. */
  readonly gigaflops: number;
};

/**
 * The engine that a run started now would get, and how fast it is. In a process of its own, as in training:
 * what TensorFlow prints at load stays off standard output.
 */
export async function examineEngine(want: "auto" | "native" | "wasm"): Promise<ExaminedEngine> {
  const child = startChild();
  try {
    const engine = await child.ask({ do: "engine", want });
    return { ...engine, gigaflops: await child.ask({ do: "speed" }) };
  } finally {
    await child.stop();
  }
}

/** As the command line says it. */
export function speedText({ gigaflops }: ExaminedEngine): string {
  return `${gigaflops.toPrecision(2)} GFLOP/s in a convolution`;
}
