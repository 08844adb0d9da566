/**
 * Runs tasks side by side, at most `most` at once and at most `budget` of their summed costs, except that one
 * task may always run. `start` waits for room; after a task failed, it and `finish` throw that failure.
 */
export function sideBySide(most: number, budget: number) {
  const running = new Set<Promise<void>>();
  let spent = 0;
  let failure: { readonly error: unknown } | undefined;

  return {
    async start(cost: number, task: () => Promise<void>): Promise<void> {
      while (running.size > 0 && (running.size >= most || spent + cost > budget)) await Promise.race(running);
      if (failure) throw failure.error;
      spent += cost;
      const run = task()
        .catch((error: unknown) => {
          failure ??= { error };
        })
        .finally(() => {
          spent -= cost;
          running.delete(run);
        });
      running.add(run);
    },
    async finish(): Promise<void> {
      await Promise.all(running);
      if (failure) throw failure.error;
    },
    /** Waits for what runs, whatever became of it. */
    async settle(): Promise<void> {
      await Promise.all(running);
    },
  };
}
