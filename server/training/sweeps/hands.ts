import { availableParallelism } from "node:os";
import type { LoadTask } from "../child/protocol";
import { startChild, type TrainingChild } from "../child-process";

/** A process with the features in memory, which trains one head after another. */
export type Hand = {
  readonly ask: TrainingChild["ask"];
  /** Starts a process anew in place of one that died; the features are loaded by the next task. */
  replace(): Promise<void>;
};

/** As many processes as there are cores: heads are trained in plain arrays, on one core each. */
export function gatherHands(start: () => TrainingChild = startChild, count = availableParallelism()) {
  const children: TrainingChild[] = Array.from({ length: count }, start);
  const hands = children.map(
    (_, at): Hand => ({
      ask: (task, onEvent) => childAt(at).ask(task, onEvent),
      async replace() {
        await childAt(at).stop(0);
        children[at] = start();
      },
    }),
  );
  const childAt = (at: number) => {
    const child = children[at];
    if (!child) throw new Error(`There is no child ${at}`);
    return child;
  };
  return {
    hands,
    async dismiss() {
      await Promise.all(children.map((child) => child.stop()));
    },
  };
}
export type Hands = ReturnType<typeof gatherHands>;

/** Loads features into every hand. @returns the shards whose bytes are damaged; then nothing is loaded */
export async function loadInto(
  hands: readonly Hand[],
  task: Omit<LoadTask, "do">,
): Promise<readonly string[]> {
  const results = await Promise.all(hands.map((hand) => hand.ask({ do: "load", ...task })));
  return [...new Set(results.flatMap(({ damaged }) => damaged))];
}
