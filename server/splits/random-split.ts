import { seededRandom } from "@/server/ml/random";
import { allot, type Shares } from "./rules";
import type { Strata } from "./strata";

/**
 * Each image by itself, stratified: the published study's kind of split. Keeps no patient together, which is
 * what the leak audit then shows.
 * @returns per image: index into `parts`
 */
export function randomSplit(strata: Strata, shares: Shares, seed: number): Uint8Array {
  const random = seededRandom(seed);
  const part = new Uint8Array(strata.of.length);
  for (const members of membersOf(strata)) {
    const [train, validation] = allot(members.length, shares);
    random.shuffle(members).forEach((image, place) => {
      part[image] = place < train ? 0 : place < train + validation ? 1 : 2;
    });
  }
  return part;
}

function membersOf(strata: Strata): number[][] {
  const members: number[][] = Array.from({ length: strata.count }, () => []);
  strata.of.forEach((stratum, image) => {
    members[stratum]?.push(image);
  });
  return members;
}
