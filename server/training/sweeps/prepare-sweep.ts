import type { Executor } from "@/server/db/client";
import { fail, type Result } from "@/server/lib/errors";
import { trainableNetworks } from "../networks";
import { type PreparedLaunch, prepareLaunch } from "../prepare-launch";
import { launchInput } from "../schema";
import type { SweepInput } from "./schema";

/**
 * What a sweep's trials have in common, checked as a launch would be; the published study's options fill what is
 * not said. Errors: those of `prepareLaunch`; invalid (a network that is trained whole, no validation image).
 */
export async function prepareSweep(db: Executor, input: SweepInput): Promise<Result<PreparedLaunch>> {
  const { title, trained } = trainableNetworks[input.network];
  if (trained === "whole") {
    return fail(
      "invalid",
      `A sweep trains heads on a frozen base; ${title} is trained from scratch. Choose another network.`,
    );
  }
  const { split, network, weights, augmentedViews, rotation, classWeights, seed } = input;
  const launch = { split, network, weights, augmentedViews, rotation, classWeights, seed };
  const prepared = await prepareLaunch(db, launchInput.parse({ ...launch, preset: "published" }));
  if (!prepared.ok) return prepared;
  if (prepared.value.parts.some(({ part, images }) => part === "validation" && images === 0)) {
    return fail(
      "invalid",
      "Trials are ranked by validation accuracy, and this split has no validation images.",
    );
  }
  return prepared;
}
