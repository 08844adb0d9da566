import { availableParallelism } from "node:os";
import { startChild, type TrainingChild } from "./child-process";
import type { RunEngine } from "./schema";

/** The children of one attempt: the one that trains, and those that help it extract features. */
export type Crew = {
  readonly lead: TrainingChild;
  /** As many as the engine can use: native TensorFlow has threads of its own, wasm has one per process. */
  helpers(engine: RunEngine, wanted: number): readonly TrainingChild[];
  dismissHelpers(): Promise<void>;
  dismiss(): Promise<void>;
};

/** @param start how a child is started */
export function gatherCrew(start: () => TrainingChild = startChild): Crew {
  const lead = start();
  let helpers: TrainingChild[] = [];
  const dismissHelpers = async () => {
    await Promise.all(helpers.map((child) => child.stop()));
    helpers = [];
  };
  return {
    lead,
    helpers(engine, wanted) {
      const processes = engine.name === "wasm" ? availableParallelism() : 1;
      while (helpers.length < Math.min(processes, wanted) - 1) helpers.push(start());
      return [lead, ...helpers];
    },
    dismissHelpers,
    async dismiss() {
      await Promise.all([lead.stop(), dismissHelpers()]);
    },
  };
}
