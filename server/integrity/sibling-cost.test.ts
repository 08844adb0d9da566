import { describe, expect, it } from "vitest";
import { wave } from "@/server/ml/reference/formula";
import { type ScoredArms, siblingCost } from "./sibling-cost";

const images = 60;
const films = {
  labels: Int32Array.from(wave(images, 1), (u) => Number(u > 0.4)),
  groups: Int32Array.from({ length: images }, (_, row) => Math.floor(row / 2)),
  classes: 2,
};
const measured = { seed: 5, draws: 300 };

/** The six splits of ml/reference/siblings.py. */
function scored(lift: { readonly withSiblings: number; readonly withoutSiblings: number }): ScoredArms[] {
  return Array.from({ length: 6 }, (_, split) => {
    const test = Array.from({ length: images }, (_, row) => row).filter((row) => (row + split) % 3 === 0);
    const side = (own: number, noise: Float32Array) =>
      Float32Array.from(
        test.flatMap((row) => {
          const bonus = films.labels[row] === 0 ? own : 0;
          const first = Math.min(Math.max(0.7 * (noise[row] ?? 0) + bonus - 0.1, 0), 1);
          return [first, 1 - first];
        }),
      );
    return {
      test,
      leaked: Uint8Array.from(test, (row) => (Math.floor(row / 3) + split) % 2),
      probabilities: {
        withSiblings: side(lift.withSiblings, wave(images, 10 + split)),
        withoutSiblings: side(lift.withoutSiblings, wave(images, 60 + split)),
      },
    };
  });
}

describe("what the leak costs", () => {
  // scikit-learn 1.9.1's recall_score over all splits and mean roc_auc_score, by ml/reference/siblings.py.
  it.each([
    {
      on: "leaked",
      images: 60,
      sensitivity: [1.0, 0.6],
      specificity: [0.85, 0.875],
      auc: [0.99305556, 0.89831349],
    },
    {
      on: "clean",
      images: 60,
      sensitivity: [1.0, 0.7],
      specificity: [0.85, 0.825],
      auc: [1.0, 0.8640873],
    },
    {
      on: "all",
      images: 60,
      sensitivity: [1.0, 0.65],
      specificity: [0.85, 0.85],
      auc: [0.99618437, 0.87820513],
    },
  ])("on $on images: with and without siblings", ({ on, images: count, sensitivity, specificity, auc }) => {
    const sets = siblingCost(scored({ withSiblings: 0.6, withoutSiblings: 0.35 }), films, measured);
    const set = sets.find((one) => one.on === on);
    expect(set?.images).toBe(count);
    const expected = { sensitivity, specificity, auc };
    for (const [metric, [withOnes = 0, without = 0]] of Object.entries(expected)) {
      const figure = set?.figures.find((one) => one.metric === metric);
      expect(figure?.withSiblings.value).toBeCloseTo(withOnes, 6);
      expect(figure?.withoutSiblings.value).toBeCloseTo(without, 6);
      expect(figure?.difference.value).toBeCloseTo(withOnes - without, 6);
    }
  });

  it("is beyond noise where siblings help much, and not where both heads say the same", () => {
    const [helped] = siblingCost(scored({ withSiblings: 0.9, withoutSiblings: 0.2 }), films, measured);
    expect(helped?.figures.find(({ metric }) => metric === "sensitivity")?.beyondNoise).toBe(true);
    const same = scored({ withSiblings: 0.5, withoutSiblings: 0.5 }).map((one) => ({
      ...one,
      probabilities: { ...one.probabilities, withoutSiblings: one.probabilities.withSiblings },
    }));
    for (const { figures } of siblingCost(same, films, measured)) {
      for (const { difference, beyondNoise } of figures) {
        expect(difference).toEqual({ value: 0, low: 0, high: 0 });
        expect(beyondNoise).toBe(false);
      }
    }
  });

  it("has no figure where no test image leaks", () => {
    const clean = scored({ withSiblings: 0.5, withoutSiblings: 0.4 }).map((one) => ({
      ...one,
      leaked: new Uint8Array(one.test.length),
    }));
    const [leaked] = siblingCost(clean, films, measured);
    expect(leaked).toMatchObject({ on: "leaked", images: 0, patients: 0 });
    for (const { difference, beyondNoise } of leaked?.figures ?? []) {
      expect(difference).toEqual({ value: null, low: null, high: null });
      expect(beyondNoise).toBeNull();
    }
  });
});
