import type { Command } from "commander";
import { fail, ok } from "@/server/lib/errors";
import { type WorklistAgreement, worklistAgreement } from "@/server/reading/agreement";
import type { FindingAgreement } from "@/server/reading/agreement-figures";
import { type AgreementPolicyName, agreementPolicyNames } from "@/server/reading/agreement-policy";
import { compareReaders } from "@/server/reading/reader-comparison";
import { type ReferenceName, referenceNames } from "@/server/reading/reference-standard";
import { verb } from "../context";
import { byReader, figures as figuresOf } from "./agreement-by-reader";
import { decimal, wholeNumber } from "./numbers";

type Options = {
  worklist: string;
  finding?: string;
  policy?: AgreementPolicyName;
  reference?: ReferenceName;
  run?: number;
  class?: string;
  threshold: number;
};

export function registerAgreement(program: Command): void {
  program
    .command("agreement")
    .description("how far the readers of a worklist agree, per finding, with 95% intervals over patients")
    .requiredOption("--worklist <name>", "whose reads")
    .option("--finding <name>", "only this finding")
    .option("--policy <name>", `how four states become yes and no: ${agreementPolicyNames.join(", ")}`)
    .option("--reference <name>", `what readers are held against: ${referenceNames.join(", ")}`)
    .option("--run <id>", "a finished run to hold beside the readers of --finding", wholeNumber)
    .option("--class <name>", "the run's class that stands for the finding")
    .option("--threshold <probability>", "from where on the run says yes", decimal, 0.5)
    .addHelpText("after", help)
    .action(
      verb(async ({ actor }, options: Options) => {
        const { worklist, finding, policy, reference } = options;
        const model = modelOf(options);
        if (!model.ok) return model;
        const found = await worklistAgreement(actor, { worklist, finding, policy });
        if (!found.ok) return found;
        const asked = { worklist, finding, policy, reference, model: model.value };
        const compared = await compareReaders(actor, asked);
        if (!compared.ok) return compared;
        return ok({ ...documentOf(found.value, finding !== undefined), ...byReader(compared.value) });
      }),
    );
}

function modelOf({ finding, run, class: className, threshold }: Options) {
  if (run === undefined) return ok(undefined);
  if (finding === undefined || className === undefined) {
    return fail("invalid", "A run is held against readers of one --finding, by its --class.");
  }
  return ok({ run, className, threshold });
}

const help = `
kappa is Cohen's where two readers can be compared and Fleiss' where more can; kappaKind says which. alpha is
Krippendorff's, nominal, on the same yes and no; alphaFourStates takes each state as an answer of its own. What is
not defined is null, and reasons says why. byReader has each reader's pace and how often she says yes, and with --finding
her sensitivity, specificity and F1 against the consensus; with --run a model's beside them, by its test images.

Example:
  overread agreement --worklist doubtful --finding Pneumonia --json
  overread agreement --worklist doubtful --finding COVID-19 --run 3 --class covid --threshold 0.4`;

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
  return {
    finding,
    n,
    readers,
    answers,
    yes,
    kappaKind,
    ...figuresOf(named),
  };
}
