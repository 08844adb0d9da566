import type { Count } from "@/server/images/browse/schema";

export type AgeBand = {
  /** Years, both ends included. */
  readonly from: number;
  readonly to: number;
  readonly words: string;
  readonly images: number;
};

const width = 10;
const bands = 10;

/** Single years put together in tens: 0–9, …, 80–89, 90 and above. Unknown ages are in none. */
export function bandsOf(ages: readonly Count<number | null>[]): readonly AgeBand[] {
  return Array.from({ length: bands }, (_, index) => {
    const from = index * width;
    const last = index === bands - 1;
    const to = last ? 130 : from + width - 1;
    const inside = ages.filter(({ value }) => value !== null && value >= from && value <= to);
    return {
      from,
      to,
      words: last ? `${from} and more` : `${from} to ${to}`,
      images: inside.reduce((sum, { images }) => sum + images, 0),
    };
  });
}
