import type { LabelState } from "@/server/labels/states";
import type { Finding } from "@/server/labels/vocabulary";
import { type AgreementName, agreementNames, agreementOf, comparedRaters } from "@/server/ml/agreement";
import { patientIntervals } from "@/server/ml/bootstrap";
import { krippendorffAlpha } from "@/server/ml/krippendorff";
import { noRating, type Ratings, tallyOf, unitsPerPattern } from "@/server/ml/ratings";
import { answersOf, statesOf, type WorklistReads } from "./agreement-reads";

export const figureNames = [...agreementNames, "alphaFourStates"] as const;
export type FigureName = AgreementName | "alphaFourStates";

export type Figure = {
  /** Null where it is not defined; then `reason` tells why. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly reason: string | null;
};

export type FindingAgreement = {
  readonly finding: string;
  readonly position: number;
  /** Studies that two readers or more answer. */
  readonly n: number;
  /** Readers who can be compared with another. */
  readonly readers: number;
  /** Answers of those studies, and how many of them say yes. */
  readonly answers: number;
  readonly yes: number;
  readonly figures: Readonly<Record<FigureName, Figure>>;
};

/**
 * Every figure of every finding with its 95% interval. All draw the same patients, so that findings can be held
 * against each other.
 */
export function agreementFigures(
  reads: WorklistReads,
  findings: readonly Finding[],
  answerOf: Readonly<Record<LabelState, number>>,
  { draws, seed }: { readonly draws: number; readonly seed: number },
): FindingAgreement[] {
  const each = findings.map((finding) => {
    const answers = answersOf(reads, finding.position, answerOf);
    return { finding, answers, statistics: statisticsOf(answers, statesOf(reads, finding.position)) };
  });
  const intervals = patientIntervals({
    groups: reads.patients,
    draws,
    seed,
    statistics: (weights) => {
      const all: Record<string, number | null> = {};
      for (const { finding, statistics } of each) {
        const own = statistics(weights);
        for (const name of figureNames) all[`${name} ${finding.position}`] = own[name];
      }
      return all;
    },
  });
  return each.map(({ finding, answers, statistics }) => {
    const facts = factsOf(answers);
    const values = statistics();
    const figureOf = (name: FigureName): Figure => {
      const value = values[name];
      if (value === null) return { value, low: null, high: null, reason: whyUndefined(name, facts) };
      const { low = null, high = null } = intervals[`${name} ${finding.position}`] ?? {};
      return { value, low, high, reason: null };
    };
    const { n, readers, answers: count, yes } = facts;
    return {
      finding: finding.name,
      position: finding.position,
      n,
      readers,
      answers: count,
      yes,
      figures: {
        cohen: figureOf("cohen"),
        fleiss: figureOf("fleiss"),
        alpha: figureOf("alpha"),
        pabak: figureOf("pabak"),
        positiveAgreement: figureOf("positiveAgreement"),
        negativeAgreement: figureOf("negativeAgreement"),
        alphaFourStates: figureOf("alphaFourStates"),
      },
    };
  });
}

function statisticsOf(answers: Ratings, states: Ratings) {
  const twoWays = agreementOf(answers);
  const tally = tallyOf(states);
  return (weights?: Float64Array): Record<FigureName, number | null> => ({
    ...twoWays(weights),
    alphaFourStates: krippendorffAlpha(tally, unitsPerPattern(tally, weights)),
  });
}

type Facts = {
  readonly n: number;
  readonly readers: number;
  readonly answers: number;
  readonly yes: number;
  /** Fewest and most answers of one study. */
  readonly fewest: number;
  readonly most: number;
};

function factsOf(ratings: Ratings): Facts {
  const { raters, values } = ratings;
  let [n, answers, yes, fewest, most] = [0, 0, 0, Number.POSITIVE_INFINITY, 0];
  for (let unit = 0; unit * raters < values.length; unit++) {
    const said = values.subarray(unit * raters, (unit + 1) * raters).filter((value) => value !== noRating);
    if (said.length < 2) continue;
    n += 1;
    answers += said.length;
    yes += said.filter((value) => value === 1).length;
    fewest = Math.min(fewest, said.length);
    most = Math.max(most, said.length);
  }
  return { n, readers: comparedRaters(ratings).length, answers, yes, fewest, most };
}

function whyUndefined(name: FigureName, { n, readers, answers, yes, fewest, most }: Facts): string {
  if (name === "alphaFourStates") return "There is no study with two reads, or all reads say the same state.";
  if (n === 0) return "No study has two answers.";
  if (name === "cohen" && readers !== 2) return `Cohen's κ is for two readers; here are ${readers}.`;
  if (name === "fleiss" && fewest !== most) {
    return `Fleiss' κ needs equally many answers of each study; here are ${fewest} to ${most}.`;
  }
  if (yes === 0) return "No answer is yes.";
  if (yes === answers) return "No answer is no.";
  return "Not defined here.";
}
