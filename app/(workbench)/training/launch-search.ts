import type { LaunchChoices } from "@/server/training/choices";
import { type LaunchInput, launchInput } from "@/server/training/schema";

const frozen = ["densenet121", "efficientnet-lite0"] as const;

type Search = Readonly<Record<string, string | string[] | undefined>>;

/**
 * The launch that the page's address asks for; what it leaves open is the newest split, and a network and weights
 * that are here, else the small network.
 */
export function chosenLaunch(search: Search, choices: LaunchChoices): LaunchInput {
  const given = Object.fromEntries(
    Object.entries(search).filter(([, value]) => typeof value === "string" && value !== ""),
  );
  const split = Number(given.split) || choices.splits[0]?.id || 1;
  const network = frozen.find((name) => choices.weights.some((weights) => weights.network === name));
  // Who has chosen a network has had a say about its weights, too: none are random ones.
  const weights =
    given.network === undefined
      ? choices.weights.find((weights) => weights.network === network)?.name
      : undefined;
  const asked = launchInput.safeParse({ network: network ?? "compact", weights, ...given, split });
  return asked.success ? asked.data : launchInput.parse({ network: "compact", split });
}
