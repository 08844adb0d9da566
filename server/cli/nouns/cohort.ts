import { readFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import { createCohort } from "@/server/cohorts/commands";
import { listCohorts, showCohort } from "@/server/cohorts/queries";
import { type CohortSourceInput, cohortRule } from "@/server/cohorts/schema";
import { blankPolicies, uncertainPolicies } from "@/server/labels/policy";
import { fail, messageOf, ok, type Result } from "@/server/lib/errors";
import { verb } from "../context";
import { wholeNumber } from "./numbers";

type CreateOptions = {
  csv?: string;
  rule?: string;
  classColumn?: string;
  positive?: string;
  labelSet?: string;
  uncertain?: string;
  blank?: string;
};

export function registerCohort(program: Command): void {
  const cohort = program.command("cohort").description("who is in, and in which class");
  cohort
    .command("create")
    .description("fix a cohort from a table of images or by a rule; its first class is the positive one")
    .argument("<name>")
    .addOption(new Option("--csv <file>", "table with the columns dataset, path and class").conflicts("rule"))
    .option("--class-column <name>", "column of the table that names the class (default: class)")
    .option("--positive <class>", "class to put first (default: that of the table's first row)")
    .option("--rule <json>", "filters per class as JSON, or a file that holds it; the first that passes wins")
    .option("--label-set <name>", "let these frozen labels decide, not the current ones")
    .option("--uncertain <policy>", `what uncertain labels count as: ${uncertainPolicies.join(", ")}`)
    .option("--blank <policy>", `what blank labels count as: ${blankPolicies.join(", ")}`)
    .addHelpText("after", examples)
    .action(
      verb(async ({ actor }, name: string, options: CreateOptions) => {
        const source = await sourceOf(options);
        if (!source.ok) return source;
        const made = await createCohort(actor, { name, source: source.value });
        if (!made.ok) return made;
        const { id, name: cohort, images, classes, patients, unmatched } = made.value;
        return ok({ cohort, id, images, classes, patients, unmatched });
      }),
    );
  cohort
    .command("list")
    .description("cohorts, newest first")
    .option("--after <id>", "go on after this cohort", wholeNumber)
    .addHelpText("after", "\nExample:\n  overread cohort list --json")
    .action(
      verb(async ({ actor }, options: { after?: number }) => listCohorts(actor, { after: options.after })),
    );
  cohort
    .command("show")
    .description("what is in a cohort: classes, sources, views")
    .argument("<name>")
    .addHelpText("after", "\nExample:\n  overread cohort show published --json")
    .action(verb(async ({ actor }, name: string) => showCohort(actor, { cohort: name })));
}

const examples = `
Examples:
  overread cohort create published --csv published-study.csv
  overread cohort create three-classes --csv published-study.csv --class-column group
  overread cohort create pneumonia --rule '{"classes": [
    {"name": "pneumonia", "where": {"findings": [{"finding": "Pneumonia", "states": ["positive"]}]}},
    {"name": "none", "where": {"findings": [{"finding": "No Finding", "states": ["positive"]}]}}]}'

With --uncertain and --blank (both, or "policy" in the rule) a class that asks for positive gets what the policy
makes positive; the cohort keeps the policy.

A class's "where" takes datasets, findings, views, sexes ("F", "M", "unknown"), age ({"from", "to"}),
film ("here", "absent"), readStates, split and text.`;

async function sourceOf(options: CreateOptions): Promise<Result<CohortSourceInput>> {
  const { csv, rule, classColumn, positive, labelSet } = options;
  if (csv !== undefined) {
    const text = await textOf(csv);
    return text.ok ? ok({ kind: "csv", csv: text.value, classColumn, positive }) : text;
  }
  if (rule === undefined) return fail("invalid", "Name a table (--csv) or a rule (--rule).");
  const text = rule.trimStart().startsWith("{") ? ok(rule) : await textOf(rule);
  if (!text.ok) return text;
  try {
    const rule: unknown = JSON.parse(text.value);
    const checked = cohortRule.safeParse(withPolicy(rule, options));
    if (checked.success) return ok({ kind: "rule", rule: checked.data, labelSet });
    const first = checked.error.issues[0];
    return fail("invalid", `The rule is not usable: ${first?.path.join(".") ?? ""} ${first?.message ?? ""}`);
  } catch (error) {
    return fail("invalid", `The rule is not JSON: ${messageOf(error)}`);
  }
}

/** The rule with the policy that the options name; without them as it is. */
function withPolicy(rule: unknown, { uncertain, blank }: CreateOptions): unknown {
  if (uncertain === undefined && blank === undefined) return rule;
  return typeof rule === "object" ? { ...rule, policy: { uncertain, blank } } : rule;
}

async function textOf(file: string): Promise<Result<string>> {
  try {
    return ok(await readFile(file, "utf8"));
  } catch (error) {
    return fail("not-found", `${file} cannot be read: ${messageOf(error)}`);
  }
}
