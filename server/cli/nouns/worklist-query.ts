import type { Command } from "commander";
import type { Actor } from "@/server/auth/actor";
import { filtersOfSearch, searchCodecs } from "@/server/images/browse/search";
import { fail, ok, type Result } from "@/server/lib/errors";
import { filteredImages } from "@/server/reading/filtered-images";
import { worklistKinds } from "@/server/reading/schema";
import {
  labelErrorRanks,
  type WorklistChoiceInput,
  type WorklistQueryInput,
  worklistOrders,
} from "@/server/reading/worklist-input";
import { decimal, wholeNumber, wholeNumbers } from "./numbers";

export type QueryOptions = {
  kind?: string;
  dataset?: string;
  limit?: number;
  order?: string;
  minUncertain?: number;
  run?: number;
  class?: string;
  finding?: string;
  threshold?: number;
  check?: number;
  rank?: string;
  cohort?: string;
  seed?: number;
  images?: number[];
  filters?: string;
  studies?: number[];
};

/** The options by which studies are chosen. */
export function withQuery(command: Command): Command {
  return command
    .argument("<name>")
    .option("--kind <kind>", worklistKinds.join(", "))
    .option("--filters <query>", "instead of a kind: what stands behind the ? in the images page's address")
    .option("--dataset <name>", "only its studies")
    .option("--limit <number>", "the first so many", wholeNumber)
    .option("--order <order>", `another than the kind's own: ${worklistOrders.join(", ")}`)
    .option(
      "--min-uncertain <number>",
      "uncertain-first: findings that must be uncertain (default 1)",
      wholeNumber,
    )
    .option(
      "--run <id>",
      "blank-but-model-positive, misclassified, label-errors: whose predictions",
      wholeNumber,
    )
    .option("--class <name>", "blank-but-model-positive: class of the run")
    .option("--finding <name>", "blank-but-model-positive: finding that the class stands for")
    .option(
      "--threshold <number>",
      "blank-but-model-positive: probability from which on (default 0.5)",
      decimal,
    )
    .option("--check <id>", "label-errors: a check of label errors, instead of a run", wholeNumber)
    .option("--rank <score>", `label-errors: ${labelErrorRanks.join(", ")} (default ${labelErrorRanks[0]})`)
    .option("--cohort <name>", "cohort: whose studies")
    .option("--seed <number>", "random: same seed, same order (default 42)", wholeNumber)
    .option("--images <ids>", "selection: ids of images, with commas between", wholeNumbers)
    .option("--studies <ids>", "selection: ids of studies", wholeNumbers);
}

type Choice = Pick<WorklistChoiceInput, "query" | "dataset" | "limit" | "order">;

/**
 * Which studies the words of the shell ask for: by filters of the images page, or by a kind. Errors: invalid; as
 * `filteredImages`.
 */
export async function chosenStudies(actor: Actor, options: QueryOptions): Promise<Result<Choice>> {
  const { filters, kind } = options;
  if (filters === undefined) return queryOf(options);
  if (kind !== undefined) return fail("invalid", "Give --kind or --filters, not both.");
  const search = Object.fromEntries(new URLSearchParams(filters));
  const unknown = Object.entries(search).find(([key, text]) => !isFilter(key, text));
  // A page leaves out what it does not understand; a script would take every image for those that it meant.
  if (unknown) return fail("invalid", `--filters: ${unknown.join("=")} is no filter of the images page.`);
  const found = await filteredImages(actor, filtersOfSearch(search));
  if (!found.ok) return found;
  const chosen = queryOf({ ...options, kind: "selection" });
  if (!chosen.ok) return chosen;
  return ok({ ...chosen.value, query: { kind: "selection", images: found.value.images } });
}

function isFilter(key: string, text: string): boolean {
  const [, codec] = Object.entries(searchCodecs).find(([name]) => name === key) ?? [];
  const value = codec?.read(text) ?? null;
  // Of a list every part has to be understood.
  return Array.isArray(value) ? value.length === text.split(",").length : value !== null;
}

/** What the words of the shell ask for; what is missing or wrong is told by the command's own check. */
function queryOf(options: QueryOptions): Result<Choice> {
  const kind = worklistKinds.find((one) => one === options.kind);
  if (options.kind === undefined) return fail("invalid", "Say which studies: --kind or --filters.");
  if (!kind) return fail("invalid", `--kind ${options.kind} is none of ${worklistKinds.join(", ")}.`);
  const { dataset, limit, run, cohort, seed, minUncertain, threshold } = options;
  const order = worklistOrders.find((one) => one === options.order);
  if (options.order !== undefined && !order) {
    return fail("invalid", `--order ${options.order} is none of ${worklistOrders.join(", ")}.`);
  }
  const needed = (value: unknown, option: string) =>
    value === undefined ? fail("invalid", `--kind ${kind} needs ${option}.`) : null;
  const chosen = (query: WorklistQueryInput) => ok({ query, dataset, limit, order });
  switch (kind) {
    case "uncertain-first":
      return chosen({ kind, minUncertain });
    case "random":
      return chosen({ kind, seed });
    case "cohort":
      return needed(cohort, "--cohort") ?? chosen({ kind, cohort: cohort ?? "" });
    case "misclassified":
      return needed(run, "--run") ?? chosen({ kind, run: run ?? 0 });
    case "disagreements":
      return chosen({ kind });
    case "label-errors":
      return labelErrorsOf(options, chosen);
    case "selection":
      return chosen({ kind, images: options.images ?? [], studies: options.studies ?? [] });
    case "blank-but-model-positive": {
      const missing =
        needed(run, "--run") ?? needed(options.class, "--class") ?? needed(options.finding, "--finding");
      if (missing) return missing;
      const [className, finding] = [options.class ?? "", options.finding ?? ""];
      return chosen({ kind, run: run ?? 0, className, finding, threshold });
    }
  }
}

/** From a check's predictions or from a run's, never from both. */
function labelErrorsOf(
  { check, run, rank: named }: QueryOptions,
  chosen: (query: WorklistQueryInput) => Result<Choice>,
) {
  const rank = labelErrorRanks.find((one) => one === named);
  if (named !== undefined && !rank) {
    return fail("invalid", `--rank ${named} is none of ${labelErrorRanks.join(", ")}.`);
  }
  if ((check === undefined) === (run === undefined)) {
    return fail("invalid", "--kind label-errors needs --check or --run, one of them.");
  }
  const from = check === undefined ? { of: "run" as const, run: run ?? 0 } : { of: "check" as const, check };
  return chosen({ kind: "label-errors", from, rank });
}
