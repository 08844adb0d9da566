import { z } from "zod";
import { query } from "@/server/auth/command";
import { vocabulary } from "@/server/labels/vocabulary";
import { fail, ok } from "@/server/lib/errors";
import { agreementDraws, agreementInput } from "./agreement";
import { agreementPolicies } from "./agreement-policy";
import { worklistReads } from "./agreement-reads";
import { findWorklist } from "./find";
import { type ComparableModel, comparableModels, modelScores } from "./model-scores";
import { type ModelRates, type ReaderRates, ratesOfReaders } from "./reader-rates";
import { type ReaderSummary, readerSummaries } from "./reader-summary";
import { type ReferenceName, referenceNames, referenceWords } from "./reference-standard";

const comparisonInput = agreementInput.extend({
  reference: z.enum(referenceNames).default("consensus"),
  /** A finished run, the class of it that stands for the finding, and from which probability on it says yes. */
  model: z
    .object({
      run: z.int().positive(),
      className: z.string().trim().min(1).max(200),
      threshold: z.number().min(0).max(1).default(0.5),
    })
    .optional(),
});

export type ComparisonInput = z.input<typeof comparisonInput>;

export type ReaderComparison = {
  readonly reference: { readonly name: ReferenceName; readonly title: string; readonly words: string };
  /** In display order; the reader summaries' rates follow it. */
  readonly findings: readonly string[];
  readonly summaries: readonly ReaderSummary[];
  /** Against the reference, of one finding; null when none was asked for. */
  readonly against: {
    readonly finding: string;
    readonly readers: readonly ReaderRates[];
    readonly model: (ModelRates & { readonly run: number; readonly className: string }) | null;
  } | null;
  /** Runs that could be held against these readers. */
  readonly models: readonly ComparableModel[];
};

/**
 * The readers of a worklist beside each other: pace, how often each says yes, agreement with the consensus; and of
 * one finding sensitivity, specificity and F1 of each reader and of a model against it, with 95% intervals from a
 * bootstrap over patients. Errors: not-found (worklist, finding, run, class).
 */
export const compareReaders = query({
  name: "agreement.readers",
  permission: "labels.view",
  input: comparisonInput,
  async run({ db, input }) {
    const found = await findWorklist(db, input.worklist);
    if (!found.ok) return found;
    const { id } = found.value;
    const findings = await vocabulary(db);
    const wanted = input.finding?.toLowerCase();
    const finding = findings.find(({ name }) => name.toLowerCase() === wanted);
    if (input.finding !== undefined && !finding)
      return fail("not-found", `There is no finding “${input.finding}”.`);
    const [reads, models] = await Promise.all([worklistReads(db, id), comparableModels(db, id)]);
    const scores = input.model ? await modelScores(db, { worklist: id, ...input.model }) : null;
    if (scores && !scores.ok) return scores;
    const { answerOf } = agreementPolicies[input.policy];
    const { model, reference } = input;
    const rates = finding
      ? ratesOfReaders(reads, {
          position: finding.position,
          answerOf,
          reference,
          model: model && scores ? { scores: scores.value, threshold: model.threshold } : null,
          ...agreementDraws,
        })
      : null;
    return ok<ReaderComparison>({
      reference: { name: reference, ...referenceWords[reference] },
      findings: findings.map(({ name }) => name),
      summaries: readerSummaries(reads, findings, answerOf, agreementDraws),
      against:
        finding && rates
          ? {
              finding: finding.name,
              readers: rates.readers,
              model: model && rates.model ? { ...model, ...rates.model } : null,
            }
          : null,
      models,
    });
  },
});
