import type { Actor } from "@/server/auth/actor";

/** Who reproduces a study, and what has been done so far. */
export type Stage = {
  readonly actor: Actor;
  say(line: string): void;
  /** Does a step and notes how long it took. */
  step<Value>(name: string, work: () => Promise<Value>): Promise<Value>;
  readonly steps: readonly { readonly step: string; readonly seconds: number }[];
};

export function openStage(actor: Actor, say: (line: string) => void): Stage {
  const steps: { step: string; seconds: number }[] = [];
  return {
    actor,
    say,
    steps,
    async step(name, work) {
      say(`${name} …`);
      const began = performance.now();
      const value = await work();
      const seconds = (performance.now() - began) / 1000;
      steps.push({ step: name, seconds });
      say(`${name}: ${seconds.toFixed(0)} s`);
      return value;
    },
  };
}
