import type { Command } from "commander";
import { labelDifferences } from "@/server/labels/differences";
import { differingStudies } from "@/server/labels/differing-studies";
import { labelHistory } from "@/server/labels/history";
import { blankPolicies, countsUnder, labelPolicy, uncertainPolicies } from "@/server/labels/policy";
import { labelCounts } from "@/server/labels/queries";
import type { LabelSide } from "@/server/labels/schema";
import { vocabulary } from "@/server/labels/vocabulary";
import { fail, ok } from "@/server/lib/errors";
import { verb } from "../context";
import { wholeNumber } from "./numbers";

type DiffOptions = { finding?: string; after?: number; limit?: number };
type PolicyOptions = { uncertain: string; blank: string; labelSet?: string; dataset?: string };

/** What compares and explains labels: differences, a study's history, a policy's counts. */
export function registerComparisons(labels: Command): void {
  labels
    .command("diff")
    .description(
      "images that two label sets label otherwise, per finding and change; the studies page by page",
    )
    .argument("<from>", "a label set, or :source for the imported labels")
    .argument("[to]", "a label set, or :current for those that stand", ":current")
    .option("--finding <name>", "only the studies that differ in it")
    .option("--after <image>", "go on after this page's last", wholeNumber)
    .option("--limit <number>", "studies on a page (default 50)", wholeNumber)
    .addHelpText("after", "\nExample:\n  overread labels diff as-imported after-first-reading --json")
    .action(
      verb(async ({ actor }, from: string, to: string, { finding, after, limit }: DiffOptions) => {
        const sides = { from: sideOf(from), to: sideOf(to) };
        const counts = await labelDifferences(actor, sides);
        if (!counts.ok) return counts;
        const position = counts.value.findings.find(({ name }) => name === finding)?.position;
        if (finding !== undefined && position === undefined)
          return fail("not-found", `There is no finding ${finding}.`);
        const only = position === undefined ? undefined : { finding: position };
        const studies = await differingStudies(actor, { ...sides, only, after, limit });
        return studies.ok
          ? ok({ ...counts.value, studies: studies.value.rows, next: studies.value.next })
          : studies;
      }),
    );
  labels
    .command("history")
    .description("how a study's labels came to be: every read, and what it made of the current label")
    .argument("<study>", "its number", wholeNumber)
    .addHelpText("after", "\nExample:\n  overread labels history 17 --json")
    .action(
      verb(async ({ actor }, study: number) => {
        const history = await labelHistory(actor, { study });
        if (!history.ok) return history;
        const { findings: _, ...document } = history.value;
        return ok({ ...document, findings: (await vocabulary()).map(({ name }) => name) });
      }),
    );
  labels
    .command("policy")
    .description("how many images each finding would give to a training set under a policy")
    .requiredOption("--uncertain <policy>", uncertainPolicies.join(", "))
    .requiredOption("--blank <policy>", blankPolicies.join(", "))
    .option("--label-set <name>", "of these frozen labels, not the current ones")
    .option("--dataset <name>", "only its images")
    .addHelpText("after", "\nExample:\n  overread labels policy --uncertain U-Ones --blank negative --json")
    .action(
      verb(async ({ actor }, { uncertain, blank, labelSet, dataset }: PolicyOptions) => {
        const policy = labelPolicy.safeParse({ uncertain, blank });
        if (!policy.success) return fail("invalid", `--uncertain ${uncertain} --blank ${blank}: see --help.`);
        const counts = await labelCounts(actor, { labelSet, dataset });
        if (!counts.ok) return counts;
        const { images, findings } = counts.value;
        const under = findings.map(({ name, states }) => ({
          finding: name,
          ...countsUnder(policy.data, states),
        }));
        return ok({ policy: policy.data, images, findings: under });
      }),
    );
}

/** A colon tells the two that are no label sets from one of that name. */
function sideOf(word: string): LabelSide {
  if (word === ":source") return "source";
  return word === ":current" ? "current" : { labelSet: word };
}
