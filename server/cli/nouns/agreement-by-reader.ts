import type { Figure } from "@/server/reading/agreement-figures";
import type { ReaderComparison } from "@/server/reading/reader-comparison";
import type { RatesRow } from "@/server/reading/reader-rates";

/** The readers of the document: pace, how often each says yes, and the rates of one finding where one was asked for. */
export function byReader({ reference, summaries, findings, against, models }: ReaderComparison) {
  return {
    reference,
    byReader: summaries.map(
      ({ reader, reads, medianSeconds, sameAsConsensus, sameYes, yes, yesOfOthers }) => {
        const rates = against?.readers.find((one) => one.reader.id === reader.id);
        return {
          reader: reader.email,
          reads,
          medianSeconds,
          ...figures({ sameAsConsensus, sameYes }),
          positiveRates: Object.fromEntries(
            findings.map((finding, at) => [finding, { own: yes[at], others: yesOfOthers[at] }]),
          ),
          ...(rates ? { against: ratesOf(rates) } : {}),
        };
      },
    ),
    model: against?.model && {
      run: against.model.run,
      className: against.model.className,
      threshold: against.model.threshold,
      ...ratesOf(against.model, { auc: against.model.auc }),
    },
    models,
  };
}

function ratesOf({ n, yes, sensitivity, specificity, f1 }: RatesRow, more: Record<string, Figure> = {}) {
  return { n, yes, ...figures({ sensitivity, specificity, f1, ...more }) };
}

/** Values by name, their intervals and the reasons of those that are not defined beside them. */
export function figures(named: Readonly<Record<string, Figure>>) {
  const entries = Object.entries(named);
  return {
    ...Object.fromEntries(entries.map(([name, { value }]) => [name, value])),
    interval: Object.fromEntries(entries.map(([name, { low, high }]) => [name, { low, high }])),
    reasons: Object.fromEntries(
      entries.flatMap(([name, { reason }]) => (reason === null ? [] : [[name, reason]])),
    ),
  };
}
