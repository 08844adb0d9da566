import type { LaunchChoices } from "@/server/training/choices";
import { type LaunchInput, launchInput } from "@/server/training/schema";

type Search = Readonly<Record<string, string | string[] | undefined>>;

/** The launch that the page's address asks for; what it leaves open is the newest split and the small network. */
export function chosenLaunch(search: Search, choices: LaunchChoices): LaunchInput {
  const given = Object.fromEntries(
    Object.entries(search).filter(([, value]) => typeof value === "string" && value !== ""),
  );
  const split = Number(given.split) || choices.splits[0]?.id || 1;
  const network = choices.weights.length > 0 ? "densenet121" : "compact";
  const asked = launchInput.safeParse({ network, ...given, split });
  return asked.success ? asked.data : launchInput.parse({ network: "compact", split });
}
