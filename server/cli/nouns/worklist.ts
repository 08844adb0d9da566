import type { Command } from "commander";
import { fail, ok, type Result } from "@/server/lib/errors";
import { eligibleReaders } from "@/server/reading/chosen-readers";
import { editWorklist } from "@/server/reading/edit-worklist";
import { worklistOutlook } from "@/server/reading/outlook";
import { worklistQuality } from "@/server/reading/quality";
import { listWorklists, showWorklist } from "@/server/reading/queries";
import type { WorklistStatus } from "@/server/reading/schema";
import { clearFlag, listSetAside, returnStudy } from "@/server/reading/set-aside";
import { createWorklist, fillWorklist, setWorklistStatus } from "@/server/reading/worklist-commands";
import { worklistStudies } from "@/server/reading/worklist-studies";
import { type CliContext, verb } from "../context";
import { wholeNumber } from "./numbers";
import { chosenStudies, type QueryOptions, withQuery } from "./worklist-query";

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
    .option("--reads <number>", "how many readers each study is for", wholeNumber, 1)
    .option("--blind", "show nothing of labels, other reads and models before a read is submitted (default)")
    .option("--open", "show them from the start; each read records which it was")
    .option("--priority <level>", Object.keys(priorities).join(", "))
    .option("--due <date>", "as 2026-12-24")
    .option("--readers <emails>", "only for these, with commas between; none: for everybody who reads")
    .option("--known-every <number>", "mix known cases in, one study in so many", wholeNumber)
    .addHelpText("after", examples)
    .action(
      verb(async ({ actor }, name: string, options: CreateOptions) => {
        const query = await chosenStudies(actor, options);
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
        const query = await chosenStudies(actor, options);
        if (!query.ok) return query;
        const filled = await fillWorklist(actor, { ...query.value, worklist: name });
        return filled.ok ? ok({ worklist: filled.value.name, added: filled.value.added }) : filled;
      }),
    );
  worklist
    .command("list")
    .description("worklists, newest first, with how far each has come")
    .option("--before <id>", "go on after this worklist", wholeNumber)
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
    .option("--reads <number>", "how many readers each study is for", wholeNumber)
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
  worklist
    .command("studies")
    .description("its studies in their order: place, why each stands there, how far it is")
    .argument("<name>")
    .option("--after <place>", "go on after this place", wholeNumber)
    .option("--limit <number>", "so many", wholeNumber)
    .addHelpText("after", "\nExample:\n  overread worklist studies doubtful --limit 20 --json")
    .action(
      verb(async ({ actor }, name: string, options: { after?: number; limit?: number }) =>
        worklistStudies(actor, { worklist: name, ...options }),
      ),
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
    .option("--after <item>", "go on after this item", wholeNumber)
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
    .argument("<item>", "its item, as set-aside lists it", wholeNumber)
    .option("--unflag", "only take the flag off")
    .addHelpText("after", "\nExample:\n  overread worklist return 17")
    .action(
      verb(async ({ actor }, item: number, options: { unflag?: boolean }) =>
        options.unflag ? clearFlag(actor, { item }) : returnStudy(actor, { item }),
      ),
    );
}

const examples = `
Examples:
  overread worklist create doubtful --kind uncertain-first --dataset chexpert --reads 2
  overread worklist create quality --kind random --seed 7 --limit 200
  overread worklist create "missed pneumonia" --kind blank-but-model-positive --run 3 \\
    --class pneumonia --finding Pneumonia --threshold 0.8
  overread worklist create "women over 65" --filters "sex=F&age=65-&finding=Pneumonia:uncertain"
  overread worklist create "wrong labels" --kind label-errors --check 2 --limit 100`;

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
