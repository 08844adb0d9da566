import { describe, expect, it } from "vitest";
import { patientSplit } from "./patient-split";

/**
 * Images of class 0 and 1 in each of 24 groups, and the fold of each group by
 * sklearn.model_selection.StratifiedGroupKFold(n_splits=5), scikit-learn 1.9.1. No two groups have the same
 * standard deviation, so its order, which is ours, does not depend on the shuffle.
 */
const groupsByClass = [
  [37, 25],
  [27, 35],
  [33, 9],
  [2, 12],
  [11, 34],
  [36, 0],
  [19, 32],
  [5, 31],
  [4, 18],
  [32, 12],
  [13, 11],
  [28, 10],
  [39, 17],
  [19, 20],
  [20, 39],
  [28, 24],
  [33, 6],
  [4, 1],
  [17, 1],
  [5, 20],
  [32, 25],
  [10, 19],
  [15, 9],
  [39, 0],
] as const;
const foldsOfScikitLearn = [0, 3, 4, 2, 1, 1, 1, 3, 2, 2, 0, 4, 3, 1, 0, 4, 2, 1, 3, 4, 2, 4, 1, 0];

describe("the patient split", () => {
  it("places groups as scikit-learn's StratifiedGroupKFold does, where all parts are alike", () => {
    const { groups, strata } = images(groupsByClass);
    const partOf = patientSplit(groups, strata, [1, 1, 1, 1, 1], 42);
    expect(partsOfGroups(groups.of, partOf)).toEqual(foldsOfScikitLearn);
  });

  it("keeps every group whole, for any seed", () => {
    const { groups, strata } = images(groupsByClass);
    for (let seed = 0; seed < 50; seed++) {
      const partOf = patientSplit(groups, strata, [60, 20, 20], seed);
      expect(partsOfGroups(groups.of, partOf)).not.toContain(undefined);
    }
  });

  it("meets unequal shares and keeps prevalence within one point where groups are small", () => {
    // 900 patients with one to four images, one in ten of class 0.
    const { groups, strata } = images(
      Array.from({ length: 900 }, (_, group) => {
        const size = 1 + (group % 4);
        return group % 10 === 0 ? [size, 0] : [0, size];
      }),
    );
    const partOf = patientSplit(groups, strata, [60, 20, 20], 1);
    const total = strata.of.length;
    const overall = strata.of.filter((stratum) => stratum === 0).length / total;
    for (const [part, share] of [0.6, 0.2, 0.2].entries()) {
      const members = [...strata.of].filter((_, image) => partOf[image] === part);
      expect(Math.abs(members.length / total - share)).toBeLessThan(0.01);
      const prevalence = members.filter((stratum) => stratum === 0).length / members.length;
      expect(Math.abs(prevalence - overall)).toBeLessThan(0.01);
    }
  });

  it("leaves a part of weight 0 empty", () => {
    const { groups, strata } = images(groupsByClass);
    expect(new Set(patientSplit(groups, strata, [80, 0, 20], 3))).toEqual(new Set([0, 2]));
  });

  it("is the same for the same seed and another for another", () => {
    const { groups, strata } = images(Array.from({ length: 200 }, () => [1, 1]));
    const draw = (seed: number) => patientSplit(groups, strata, [60, 20, 20], seed);
    expect(draw(42)).toEqual(draw(42));
    expect(draw(42)).not.toEqual(draw(43));
  });

  it("is the one that seed 42 has always given", () => {
    const { groups, strata } = images(Array.from({ length: 10 }, () => [1, 1]));
    expect([...patientSplit(groups, strata, [60, 20, 20], 42)].join("")).toBe("00112200000000001122");
  });

  it("fills parts evenly where nothing is stratified", () => {
    const { groups, strata } = images(Array.from({ length: 100 }, (_, group) => [1 + (group % 7)]));
    const partOf = patientSplit(groups, strata, [50, 25, 25], 5);
    const sizes = [0, 1, 2].map((part) => partOf.filter((of) => of === part).length / partOf.length);
    expect(sizes.map((size) => Math.round(size * 100))).toEqual([50, 25, 25]);
  });
});

function images(groupsByStratum: readonly (readonly number[])[]) {
  const group: number[] = [];
  const stratum: number[] = [];
  groupsByStratum.forEach((counts, groupIndex) => {
    counts.forEach((count, stratumIndex) => {
      for (let image = 0; image < count; image++) {
        group.push(groupIndex);
        stratum.push(stratumIndex);
      }
    });
  });
  return {
    groups: { of: Int32Array.from(group), count: groupsByStratum.length },
    strata: { of: Int32Array.from(stratum), count: groupsByStratum[0]?.length ?? 0 },
  };
}

/** Per group the part of all its images; undefined where they are not in one. */
function partsOfGroups(groupOf: Int32Array, partOf: Uint8Array): (number | undefined)[] {
  const found: (number | undefined)[] = [];
  const broken = new Set<number>();
  groupOf.forEach((group, image) => {
    if (found[group] !== undefined && found[group] !== partOf[image]) broken.add(group);
    found[group] = partOf[image];
  });
  return found.map((part, group) => (broken.has(group) ? undefined : part));
}
