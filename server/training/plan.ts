import { query } from "@/server/auth/command";
import { ok } from "@/server/lib/errors";
import { estimateRun } from "./estimate";
import { leaksOf } from "./leaks";
import { trainableNetworks } from "./networks";
import { prepareLaunch } from "./prepare-launch";
import { launchInput } from "./schema";
import { gpuAlive } from "./worker-alive";

/**
 * What a launch would do, before it is one: images per part, class weights, time, and whether the split leaks.
 * Errors: those of the launch itself.
 */
export const planLaunch = query({
  name: "run.plan",
  permission: "training.launch",
  input: launchInput,
  async run({ db, input }) {
    const prepared = await prepareLaunch(db, input);
    if (!prepared.ok) return prepared;
    const { split, cohort, parts, configuration } = prepared.value;
    const train = parts.find((part) => part.part === "train");
    const { classWeights } = configuration.training;
    const { trained, title } = trainableNetworks[configuration.network];
    return ok({
      split: { id: split.id, name: split.name },
      classes: cohort.classes,
      parts,
      configuration,
      title,
      /** A frozen base that nobody trained: its features are noise that a head makes the best of. */
      random: trained === "head" && configuration.weights === null,
      classWeights: classWeights === "none" || !train ? null : balanced(train.classes),
      /** Whether a worker that is alive has the GPU that was asked for; null where none was. */
      gpu: configuration.device === "gpu" ? await gpuAlive(db) : null,
      leaks: leaksOf(split.audit, cohort.classes),
      estimate: await estimateRun(db, prepared.value),
    });
  },
});

/** n ÷ (k · nᵢ), as scikit-learn's "balanced". */
function balanced(counts: readonly number[]): number[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (count === 0 ? 0 : all / (counts.length * count)));
}
