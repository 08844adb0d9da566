import type { LaunchChoices } from "@/server/training/choices";
import { type LaunchInput, launchInput } from "@/server/training/schema";

const frozen = ["densenet121", "efficientnet-lite0"] as const;

type Search = Readonly<Record<string, string | string[] | undefined>>;

/**
 * The launch that the page's address asks for; what it leaves open is the newest split, and the network that
 * weights are here for, else the small one.
 */
export function chosenLaunch(search: Search, choices: LaunchChoices): LaunchInput {
  const given = Object.fromEntries(
    Object.entries(search).filter(([, value]) => typeof value === "string" && value !== ""),
  );
  const split = Number(given.split) || choices.splits[0]?.id || 1;
  const network = frozen.find((name) => choices.weights.some((weights) => weights.network === name));
  const asked = launchInput.safeParse({ network: network ?? "compact", ...given, split });
  return asked.success ? asked.data : launchInput.parse({ network: "compact", split });
}
