import { z } from "zod";
import { query } from "@/server/auth/command";
import { type Finding, vocabulary } from "@/server/labels/vocabulary";
import { fail, ok } from "@/server/lib/errors";
import { agreementFigures, type FindingAgreement } from "./agreement-figures";
import { agreementPolicies, agreementPolicyNames, fourStatesWords } from "./agreement-policy";
import { worklistReads } from "./agreement-reads";
import { findWorklist } from "./find";
import { worklistReference } from "./schema";

/** The same figures at every look: draws and seed are part of them. */
export const agreementDraws = { draws: 2000, seed: 42 } as const;

export const agreementInput = worklistReference.extend({
  /** One finding by name; all without. */
  finding: z.string().trim().min(1).max(200).optional(),
  policy: z.enum(agreementPolicyNames).default("positive-against-rest"),
});

export type WorklistAgreement = {
  readonly worklist: { readonly id: number; readonly name: string };
  readonly policy: { readonly name: string; readonly title: string; readonly words: string };
  readonly fourStates: string;
  readonly draws: number;
  readonly seed: number;
  /** Studies that anybody has read; reads of them. */
  readonly studies: number;
  readonly reads: number;
  readonly readers: number;
  readonly findings: readonly FindingAgreement[];
};

/**
 * How far the readers of a worklist agree, per finding, each figure with its 95% interval from a bootstrap over
 * patients. Errors: not-found (worklist, finding).
 */
export const worklistAgreement = query({
  name: "agreement.show",
  permission: "labels.view",
  input: agreementInput,
  async run({ db, input }) {
    const found = await findWorklist(db, input.worklist);
    if (!found.ok) return found;
    const findings = await vocabulary(db);
    const asked = input.finding === undefined ? findings : findings.filter(named(input.finding));
    if (asked.length === 0) return fail("not-found", `There is no finding “${input.finding}”.`);
    const reads = await worklistReads(db, found.value.id);
    const { answerOf, ...words } = agreementPolicies[input.policy];
    return ok<WorklistAgreement>({
      worklist: { id: found.value.id, name: found.value.name },
      policy: { name: input.policy, ...words },
      fourStates: fourStatesWords,
      ...agreementDraws,
      studies: reads.studies.length,
      reads: reads.labels.filter((labels) => labels !== null).length,
      readers: reads.readers.length,
      findings: agreementFigures(reads, asked, answerOf, agreementDraws),
    });
  },
});

function named(finding: string) {
  return ({ name }: Finding) => name.toLowerCase() === finding.toLowerCase();
}
