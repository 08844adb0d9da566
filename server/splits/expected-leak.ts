import type { ExpectedLeak } from "@/server/db/schema/split-facts";
import type { Groups } from "./groups";
import type { Roster } from "./roster";
import { allot, type Shares } from "./rules";

/**
 * What any random per-image split of these shares, stratified by class, leaks on average: exactly, with no
 * draws. An image of class c is held out; of the other images of class d (n of them, k in its group) training
 * holds T chosen at random, so none of the k is among them with probability C(n-k, T) ÷ C(n, T). Classes are
 * drawn independently, hence the product (hypergeometric distribution, zero successes).
 */
export function expectedLeak(roster: Roster, groups: Groups, shares: Shares): ExpectedLeak {
  const classes = roster.classes.length;
  const totals = new Int32Array(classes);
  const members = new Int32Array(groups.count * classes);
  groups.of.forEach((group, image) => {
    const classIndex = roster.classIndex[image] ?? 0;
    totals[classIndex] = (totals[classIndex] ?? 0) + 1;
    members[group * classes + classIndex] = (members[group * classes + classIndex] ?? 0) + 1;
  });
  const trained = Array.from(totals, (total) => allot(total, shares)[0]);
  const sums = new Float64Array(classes);
  for (let group = 0; group < groups.count; group++) {
    const inGroup = members.subarray(group * classes, (group + 1) * classes);
    inGroup.forEach((count, own) => {
      if (count === 0) return;
      const clean = inGroup.reduce((product, others, other) => {
        const self = other === own ? 1 : 0;
        return product * noneTrained((totals[other] ?? 0) - self, others - self, trained[other] ?? 0);
      }, 1);
      sums[own] = (sums[own] ?? 0) + count * (1 - clean);
    });
  }
  const images = roster.imageIds.length;
  return {
    all: images === 0 ? 0 : sums.reduce((sum, value) => sum + value, 0) / images,
    byClass: Object.fromEntries(
      roster.classes.map((name, index) => {
        const total = totals[index] ?? 0;
        return [name, total === 0 ? null : (sums[index] ?? 0) / total];
      }),
    ),
  };
}

/** C(n-k, T) ÷ C(n, T): none of `k` among `trained` taken from `n`. */
function noneTrained(n: number, k: number, trained: number): number {
  let probability = 1;
  for (let taken = 0; taken < k; taken++) {
    probability *= Math.max(0, n - trained - taken) / (n - taken);
  }
  return probability;
}
