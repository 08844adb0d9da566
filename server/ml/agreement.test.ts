import { describe, expect, it, test } from "vitest";
import { type Agreement, agreementNames, agreementOf, comparedRaters } from "./agreement";
import { patientBootstrap } from "./bootstrap";
import { krippendorffAlpha } from "./krippendorff";
import { noRating, type Ratings, tallyOf, unitsPerPattern } from "./ratings";
import { plantedRatings, rare, withHoles } from "./reference/planted-ratings";

// By reference/agreement.py: Cohen's κ by scikit-learn 1.9.1 and statsmodels 0.15.0, Fleiss' κ by statsmodels, α
// by the package krippendorff 0.9, specific agreement and PABAK by counting pair after pair.
const two = plantedRatings(120, 2, 2, 0.7);
const five = plantedRatings(80, 5, 2, 0.5);
const seldom = rare(plantedRatings(400, 2, 2, 0.9));

/** A name that is left out is not looked at: it has no meaning for these ratings. */
type Expected = Partial<Agreement>;
const cases: readonly { readonly of: string; readonly ratings: Ratings; readonly expected: Expected }[] = [
  {
    of: "two raters",
    ratings: two,
    expected: {
      cohen: 0.576427256,
      fleiss: 0.576394751,
      alpha: 0.5781597728,
      pabak: 0.6166666667,
      positiveAgreement: 0.7228915663,
      negativeAgreement: 0.8535031847,
    },
  },
  {
    of: "two raters who left units out",
    ratings: withHoles(two, 0.3),
    expected: {
      cohen: 0.5403726708,
      alpha: 0.5434782609,
      pabak: 0.5675675676,
      positiveAgreement: 0.7142857143,
      negativeAgreement: 0.8260869565,
    },
  },
  {
    of: "five raters",
    ratings: five,
    expected: {
      cohen: null,
      fleiss: 0.2350655658,
      alpha: 0.2369779019,
      pabak: 0.37,
      positiveAgreement: 0.4568965517,
      negativeAgreement: 0.7781690141,
    },
  },
  {
    of: "five raters who left units out",
    ratings: withHoles(five, 0.3),
    expected: {
      cohen: null,
      fleiss: null,
      alpha: 0.2674579796,
      pabak: 0.375,
      positiveAgreement: 0.4715447154,
      negativeAgreement: 0.7781569966,
    },
  },
  {
    of: "a rare finding",
    ratings: seldom,
    expected: {
      cohen: 0.8307952623,
      fleiss: 0.8307952623,
      alpha: 0.8310067682,
      pabak: 0.99,
      positiveAgreement: 0.8333333333,
      negativeAgreement: 0.9974619289,
    },
  },
];

describe("agreement is what scikit-learn, statsmodels and krippendorff make of it", () => {
  it.each(cases)("of $of", ({ ratings, expected }) => {
    const found = agreementOf(ratings)();
    for (const name of agreementNames) {
      const value = expected[name];
      if (value === null) expect(found[name], name).toBeNull();
      else if (value !== undefined) {
        expect(Math.abs((found[name] ?? Number.NaN) - value), name).toBeLessThan(1e-9);
      }
    }
  });
});

test("α of four states, and of them with holes, by the package krippendorff", () => {
  const states = plantedRatings(90, 3, 4, 0.6);
  expect(alpha(states)).toBeCloseTo(0.3454018367, 9);
  expect(alpha(withHoles(states, 0.3))).toBeCloseTo(0.4038966889, 9);
});

test("Krippendorff's own example with missing ratings gives 0.743", () => {
  // Krippendorff 2011, section C: 12 units, 4 observers.
  const said = "11.1 2232 3333 3333 2222 1234 4444 1121 2222 .555 ..11 ..3."
    .replaceAll(" ", "")
    .replaceAll(".", "0");
  const values = Int8Array.from(said, (value) => Number(value) - 1);
  expect(alpha({ categories: 5, raters: 4, values })).toBeCloseTo(0.7434210526, 9);
});

test("a unit that counts twice is a unit that is there twice", () => {
  const doubled = { ...five, values: Int8Array.from([...five.values, ...five.values.subarray(0, 50)]) };
  const weights = Float64Array.from({ length: 80 }, (_, unit) => (unit < 10 ? 2 : 1));
  const weighted = agreementOf(five)(weights);
  expect(weighted.alpha).toBeCloseTo(agreementOf(doubled)().alpha ?? Number.NaN, 12);
  expect(weighted.fleiss).toBeCloseTo(agreementOf(doubled)().fleiss ?? Number.NaN, 12);
  const twice = agreementOf(two)(new Float64Array(120).fill(2));
  expect(twice.cohen).toBeCloseTo(agreementOf(two)().cohen ?? Number.NaN, 12);
});

test("the interval over patients is that of NumPy's draws of whole patients", () => {
  // reference/agreement.py, 20,000 draws: [0.4163, 0.7234].
  const groups = Int32Array.from({ length: 120 }, (_, unit) => Math.floor(unit / 3));
  const own = agreementOf(two);
  const interval = patientBootstrap({
    groups,
    statistic: (weights) => own(weights).alpha,
    draws: 20_000,
    seed: 5,
  });
  expect(Math.abs((interval.low ?? 0) - 0.4163)).toBeLessThan(0.01);
  expect(Math.abs((interval.high ?? 0) - 0.7234)).toBeLessThan(0.01);
});

describe("what is not defined is null and never 0", () => {
  const of = (rows: readonly (readonly number[])[], raters: number) =>
    agreementOf({ categories: 2, raters, values: Int8Array.from(rows.flat()) })();

  it("when all say no: no κ, no α, no positive agreement, and perfect negative agreement", () => {
    const said = of(
      [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
      2,
    );
    expect(said).toEqual({
      cohen: null,
      fleiss: null,
      alpha: null,
      pabak: 1,
      positiveAgreement: null,
      negativeAgreement: 1,
    });
  });

  it("when one rater always says yes, κ is 0 and defined", () => {
    expect(
      of(
        [
          [1, 0],
          [1, 1],
          [1, 0],
        ],
        2,
      ).cohen,
    ).toBe(0);
  });

  it("when nobody rated what another did, or nothing was rated", () => {
    const none = { cohen: null, fleiss: null, alpha: null, pabak: null };
    expect(
      of(
        [
          [1, noRating],
          [noRating, 0],
        ],
        2,
      ),
    ).toMatchObject(none);
    expect(of([], 2)).toMatchObject(none);
    expect(of([], 0)).toMatchObject(none);
  });

  it("counts a rater only where she can be compared: a third who rated alone leaves Cohen's κ to the other two", () => {
    const rows = [
      [1, 1, noRating],
      [0, 0, noRating],
      [1, 0, noRating],
      [noRating, noRating, 1],
    ];
    expect(comparedRaters({ categories: 2, raters: 3, values: Int8Array.from(rows.flat()) })).toEqual([0, 1]);
    expect(of(rows, 3).cohen).toBeCloseTo(0.4, 12);
  });
});

function alpha(ratings: Ratings): number | null {
  const tally = tallyOf(ratings);
  return krippendorffAlpha(tally, unitsPerPattern(tally));
}
