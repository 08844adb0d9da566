import type { Command } from "commander";
import { ok } from "@/server/lib/errors";
import { type WorklistAgreement, worklistAgreement } from "@/server/reading/agreement";
import type { Figure, FindingAgreement } from "@/server/reading/agreement-figures";
import { type AgreementPolicyName, agreementPolicyNames } from "@/server/reading/agreement-policy";
import { verb } from "../context";

type Options = { worklist: string; finding?: string; policy?: AgreementPolicyName };

export function registerAgreement(program: Command): void {
  program
    .command("agreement")
    .description("how far the readers of a worklist agree, per finding, with 95% intervals over patients")
    .requiredOption("--worklist <name>", "whose reads")
    .option("--finding <name>", "only this finding")
    .option("--policy <name>", `how four states become yes and no: ${agreementPolicyNames.join(", ")}`)
    .addHelpText("after", help)
    .action(
      verb(async ({ actor }, options: Options) => {
        const found = await worklistAgreement(actor, options);
        return found.ok ? ok(documentOf(found.value, options.finding !== undefined)) : found;
      }),
    );
}

const help = `
kappa is Cohen's where two readers can be compared and Fleiss' where more can; kappaKind says which. alpha is
Krippendorff's, nominal, on the same yes and no; alphaFourStates takes each state as an answer of its own. What is
not defined is null, and reasons says why.

Example:
  overread agreement --worklist doubtful --finding Pneumonia --json`;

/** The document of the contract; with one finding asked for, its figures stand at the top as well. */
function documentOf(agreement: WorklistAgreement, onlyOne: boolean) {
  const { worklist, policy, fourStates, findings, ...counts } = agreement;
  const rows = findings.map(rowOf);
  const [first] = rows;
  return {
    worklist: worklist.name,
    policy: { ...policy, fourStates },
    ...counts,
    ...(onlyOne && first ? first : {}),
    findings: rows,
  };
}

function rowOf({ finding, n, readers, answers, yes, figures }: FindingAgreement) {
  const kappaKind = readers === 2 ? "cohen" : "fleiss";
  const named = {
    kappa: figures[kappaKind],
    cohenKappa: figures.cohen,
    fleissKappa: figures.fleiss,
    alpha: figures.alpha,
    alphaFourStates: figures.alphaFourStates,
    pabak: figures.pabak,
    positiveAgreement: figures.positiveAgreement,
    negativeAgreement: figures.negativeAgreement,
  };
  const entries: [string, Figure][] = Object.entries(named);
  return {
    finding,
    n,
    readers,
    answers,
    yes,
    kappaKind,
    ...Object.fromEntries(entries.map(([name, { value }]) => [name, value])),
    interval: Object.fromEntries(entries.map(([name, { low, high }]) => [name, { low, high }])),
    reasons: Object.fromEntries(
      entries.flatMap(([name, { reason }]) => (reason === null ? [] : [[name, reason]])),
    ),
  };
}
