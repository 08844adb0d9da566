import { deriveSeed, seededRandom } from "@/server/ml/random";
import { randomSplit } from "@/server/splits/random-split";
import type { Shares } from "@/server/splits/rules";

export type ArmFilms = {
  readonly labels: Int32Array;
  /** Same number: same patient or film, see `groupsOf`. */
  readonly groups: Int32Array;
  readonly classes: number;
};

/** One split by image, and two training sets of one size: all as places among the films. */
export type Arms = {
  readonly test: readonly number[];
  /** Of the test images: whether a group member is in training. */
  readonly leaked: Uint8Array;
  readonly withSiblings: readonly number[];
  readonly withoutSiblings: readonly number[];
  /** By how many images each lacks of the whole training part. */
  readonly removed: number;
};

/**
 * Draws a split by image, as the published study did, and from its training part two sets that differ in nothing
 * but the leak: one without the test images' siblings, and one that keeps them and lacks as many other images of
 * each class. So neither has more to learn from than the other.
 * @returns null where a class would be left without an image
 */
export function drawArms(films: ArmFilms, shares: Shares, seed: number): Arms | null {
  const { labels, groups, classes } = films;
  const part = randomSplit({ of: labels, count: classes }, shares, seed);
  const rows = Array.from(part.keys());
  const groupsIn = (wanted: number) =>
    new Set(rows.filter((row) => part[row] === wanted).map((row) => groups[row]));
  const [trained, tested] = [groupsIn(0), groupsIn(2)];
  const train = rows.filter((row) => part[row] === 0);
  const test = rows.filter((row) => part[row] === 2);
  const siblings = train.filter((row) => tested.has(groups[row]));
  const others = train.filter((row) => !tested.has(groups[row]));
  const random = seededRandom(deriveSeed(seed, 1));
  const spared = new Set<number>();
  for (let own = 0; own < classes; own++) {
    const ofClass = (row: number) => labels[row] === own;
    const many = siblings.filter(ofClass).length;
    const stay = random.shuffle(others.filter(ofClass));
    if (stay.length <= many) return null;
    for (const row of stay.slice(0, many)) spared.add(row);
  }
  return {
    test,
    leaked: Uint8Array.from(test, (row) => Number(trained.has(groups[row]))),
    withSiblings: train.filter((row) => !spared.has(row)),
    withoutSiblings: others,
    removed: siblings.length,
  };
}
