import type { Command } from "commander";
import { fail, ok, type Result } from "@/server/lib/errors";
import { eligibleReaders } from "@/server/reading/chosen-readers";
import { editWorklist } from "@/server/reading/edit-worklist";
import { worklistOutlook } from "@/server/reading/outlook";
import { worklistQuality } from "@/server/reading/quality";
import { listWorklists, showWorklist } from "@/server/reading/queries";
import { type WorklistStatus, worklistKinds } from "@/server/reading/schema";
import { clearFlag, listSetAside, returnStudy } from "@/server/reading/set-aside";
import { createWorklist, fillWorklist, setWorklistStatus } from "@/server/reading/worklist-commands";
import {
  type WorklistChoiceInput,
  type WorklistQueryInput,
  worklistOrders,
} from "@/server/reading/worklist-input";
import { type CliContext, verb } from "../context";

type QueryOptions = {
  kind: string;
  dataset?: string;
  limit?: number;
  order?: string;
  minUncertain?: number;
  run?: number;
  class?: string;
  finding?: string;
  threshold?: number;
  cohort?: string;
  seed?: number;
  images?: string;
  studies?: string;
};
type CreateOptions = QueryOptions & {
  reads: number;
  open?: boolean;
  priority?: string;
  due?: string;
  readers?: string;
  knownEvery?: number;
};

type EditOptions = { name?: string; reads?: number; priority?: string; due?: string; readers?: string };

export function registerWorklist(program: Command): void {
  const worklist = program.command("worklist").description("queues of studies to read, each in an order");
  withQuery(worklist.command("create").description("make a worklist of the studies that a query gives now"))
    .option("--reads <number>", "how many readers each study is for", Number, 1)
    .option("--blind", "show nothing of labels, other reads and models before a read is submitted (default)")
    .option("--open", "show them from the start; each read records which it was")
    .option("--priority <level>", Object.keys(priorities).join(", "))
    .option("--due <date>", "as 2026-12-24")
    .option("--readers <emails>", "only for these, with commas between; none: for everybody who reads")
    .option("--known-every <number>", "mix known cases in, one study in so many", Number)
    .addHelpText("after", examples)
    .action(
      verb(async ({ actor }, name: string, options: CreateOptions) => {
        const query = queryOf(options);
        if (!query.ok) return query;
        const occasion = await occasionOf({ actor }, options);
        if (!occasion.ok) return occasion;
        const made = await createWorklist(actor, {
          ...query.value,
          name,
          readsWanted: options.reads,
          blind: options.open !== true,
          ...occasion.value,
          knownEvery: options.knownEvery,
        });
        return made.ok ? shown({ actor }, made.value.name) : made;
      }),
    );
  withQuery(worklist.command("fill").description("add studies to its end; those in it stay as they are"))
    .addHelpText("after", "\nExample:\n  overread worklist fill doubtful --kind misclassified --run 3")
    .action(
      verb(async ({ actor }, name: string, options: QueryOptions) => {
        const query = queryOf(options);
        if (!query.ok) return query;
        const filled = await fillWorklist(actor, { ...query.value, worklist: name });
        return filled.ok ? ok({ worklist: filled.value.name, added: filled.value.added }) : filled;
      }),
    );
  worklist
    .command("list")
    .description("worklists, newest first, with how far each has come")
    .option("--before <id>", "go on after this worklist", Number)
    .addHelpText("after", "\nExample:\n  overread worklist list --json")
    .action(
      verb(async ({ actor }, options: { before?: number }) => {
        const listed = await listWorklists(actor, { before: options.before });
        if (!listed.ok) return listed;
        const rows = listed.value.rows.map(({ name, ...row }) => ({ worklist: name, ...row }));
        return ok({ rows, next: listed.value.next });
      }),
    );
  worklist
    .command("show")
    .description("studies read and left, and each reader's reads and median seconds")
    .argument("<name>")
    .addHelpText("after", "\nExample:\n  overread worklist show doubtful --json")
    .action(verb(async ({ actor }, name: string) => shown({ actor }, name)));
  worklist
    .command("set")
    .description("open, pause or close a worklist; only an open one hands out studies")
    .argument("<name>")
    .requiredOption("--status <status>", "open, paused or closed")
    .addHelpText("after", "\nExample:\n  overread worklist set doubtful --status paused")
    .action(
      verb(async ({ actor }, name: string, { status }: { status: WorklistStatus }) =>
        setWorklistStatus(actor, { worklist: name, status }),
      ),
    );
  worklist
    .command("edit")
    .description("change what is named of a worklist, and nothing else")
    .argument("<name>")
    .option("--name <new name>", "another name")
    .option("--reads <number>", "how many readers each study is for", Number)
    .option("--priority <level>", Object.keys(priorities).join(", "))
    .option("--due <date>", "as 2026-12-24; none takes it away")
    .option("--readers <emails>", "only for these, with commas between; all: for everybody who reads")
    .addHelpText("after", "\nExample:\n  overread worklist edit doubtful --due 2026-12-24 --priority high")
    .action(
      verb(async ({ actor }, worklistName: string, options: EditOptions) => {
        const occasion = await occasionOf({ actor }, options);
        if (!occasion.ok) return occasion;
        const { name, reads } = options;
        const edited = await editWorklist(actor, {
          worklist: worklistName,
          name,
          readsWanted: reads,
          ...occasion.value,
        });
        return edited.ok ? shown({ actor }, edited.value.name) : edited;
      }),
    );
  registerSetAside(worklist);
}

const priorities: Readonly<Record<string, number>> = { low: -1, normal: 0, high: 1 };

/** When it is due, how urgent it is and whose it is, in a shell's words. Errors: invalid, not-found (a reader). */
async function occasionOf(
  { actor }: Pick<CliContext, "actor">,
  { priority, due, readers }: Pick<EditOptions, "priority" | "due" | "readers">,
): Promise<Result<{ priority?: number; dueOn?: string | null; readers?: number[] }>> {
  if (priority !== undefined && priorities[priority] === undefined) {
    return fail("invalid", `--priority ${priority} is none of ${Object.keys(priorities).join(", ")}.`);
  }
  const level = priority === undefined ? undefined : priorities[priority];
  const dueOn = due === "none" ? null : due;
  if (readers === undefined) return ok({ priority: level, dueOn });
  if (readers === "all") return ok({ priority: level, dueOn, readers: [] });
  const eligible = await eligibleReaders(actor, {});
  if (!eligible.ok) return eligible;
  const ids: number[] = [];
  for (const email of readers.split(",").map((one) => one.trim().toLowerCase())) {
    const reader = eligible.value.find((one) => one.email.toLowerCase() === email);
    if (!reader) return fail("not-found", `Nobody who reads has the address ${email}.`);
    ids.push(reader.id);
  }
  return ok({ priority: level, dueOn, readers: ids });
}

function registerSetAside(worklist: Command): void {
  worklist
    .command("set-aside")
    .description("studies that were skipped or flagged, by whom and why")
    .argument("<name>")
    .option("--flagged", "flagged ones in place of skipped ones")
    .option("--after <item>", "go on after this item", Number)
    .addHelpText("after", "\nExample:\n  overread worklist set-aside doubtful --json")
    .action(
      verb(async ({ actor }, name: string, options: { flagged?: boolean; after?: number }) =>
        listSetAside(actor, {
          worklist: name,
          what: options.flagged ? "flagged" : "skipped",
          after: options.after,
        }),
      ),
    );
  worklist
    .command("return")
    .description("send a skipped or flagged study back into its queue")
    .argument("<item>", "its item, as set-aside lists it", Number)
    .option("--unflag", "only take the flag off")
    .addHelpText("after", "\nExample:\n  overread worklist return 17")
    .action(
      verb(async ({ actor }, item: number, options: { unflag?: boolean }) =>
        options.unflag ? clearFlag(actor, { item }) : returnStudy(actor, { item }),
      ),
    );
}

function withQuery(command: Command): Command {
  return command
    .argument("<name>")
    .requiredOption("--kind <kind>", worklistKinds.join(", "))
    .option("--dataset <name>", "only its studies")
    .option("--limit <number>", "the first so many", Number)
    .option("--order <order>", `another than the kind's own: ${worklistOrders.join(", ")}`)
    .option(
      "--min-uncertain <number>",
      "uncertain-first: findings that must be uncertain (default 1)",
      Number,
    )
    .option("--run <id>", "blank-but-model-positive, misclassified: whose predictions", Number)
    .option("--class <name>", "blank-but-model-positive: class of the run")
    .option("--finding <name>", "blank-but-model-positive: finding that the class stands for")
    .option(
      "--threshold <number>",
      "blank-but-model-positive: probability from which on (default 0.5)",
      Number,
    )
    .option("--cohort <name>", "cohort: whose studies")
    .option("--seed <number>", "random: same seed, same order (default 42)", Number)
    .option("--images <ids>", "selection: ids of images, with commas between")
    .option("--studies <ids>", "selection: ids of studies");
}

const examples = `
Examples:
  overread worklist create doubtful --kind uncertain-first --dataset chexpert --reads 2
  overread worklist create quality --kind random --seed 7 --limit 200
  overread worklist create "missed pneumonia" --kind blank-but-model-positive --run 3 \\
    --class pneumonia --finding Pneumonia --threshold 0.8`;

/** What the words of the shell ask for; what is missing or wrong is told by the command's own check. */
function queryOf(
  options: QueryOptions,
): Result<Pick<WorklistChoiceInput, "query" | "dataset" | "limit" | "order">> {
  const kind = worklistKinds.find((one) => one === options.kind);
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
    case "selection":
      return chosen({ kind, images: idsOf(options.images), studies: idsOf(options.studies) });
    case "blank-but-model-positive": {
      const missing =
        needed(run, "--run") ?? needed(options.class, "--class") ?? needed(options.finding, "--finding");
      if (missing) return missing;
      const [className, finding] = [options.class ?? "", options.finding ?? ""];
      return chosen({ kind, run: run ?? 0, className, finding, threshold });
    }
  }
}

function idsOf(list: string | undefined): number[] {
  return list === undefined ? [] : list.split(",").map(Number);
}

/** The document of the contract. */
async function shown({ actor }: Pick<CliContext, "actor">, name: string) {
  const found = await showWorklist(actor, { worklist: name });
  if (!found.ok) return found;
  const { name: worklist, studies, read, left, progress, ...rest } = found.value;
  const reference = { worklist: rest.id };
  const [outlook, quality] = await Promise.all([
    worklistOutlook(actor, reference),
    worklistQuality(actor, reference),
  ]);
  return ok({
    worklist,
    studies,
    read,
    left,
    ...rest,
    readers: progress,
    outlook: outlook.ok ? outlook.value : null,
    quality: quality.ok ? quality.value : null,
  });
}
