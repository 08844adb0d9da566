import type { LaunchChoices } from "@/server/training/choices";
import { trainableNetworks } from "@/server/training/networks";
import { type SweepInput, sweepInput } from "@/server/training/sweeps/schema";

type Search = Readonly<Record<string, string | string[] | undefined>>;

/** Networks whose base stays frozen: those that a sweep can be made on. */
export const frozenNetworks = Object.values(trainableNetworks).filter(({ trained }) => trained === "head");

/** The sweep that the page's address asks for; what it leaves open is the newest split and weights that are here. */
export function chosenSweep(search: Search, choices: LaunchChoices): SweepInput {
  const given = Object.fromEntries(
    Object.entries(search).filter(([, value]) => typeof value === "string" && value !== ""),
  );
  const split = Number(given.split) || choices.splits[0]?.id || 1;
  const here = choices.weights.find(
    ({ network }) => given.network === undefined || network === given.network,
  );
  const network = here?.network ?? frozenNetworks[0]?.name;
  const weights = given.network === undefined ? here?.name : undefined;
  const asked = sweepInput.safeParse({ network, weights, ...given, split });
  return asked.success ? asked.data : sweepInput.parse({ network: frozenNetworks[0]?.name, split });
}
