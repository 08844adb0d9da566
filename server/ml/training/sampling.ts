import type { Random } from "../random";

/**
 * Which training images an epoch takes.
 * - "all": each once
 * - "over": of every class as many as of the largest, its own all and then some of them again
 * - "under": of every class as many as of the smallest, others in each epoch
 */
export const samplings = ["all", "over", "under"] as const;
export type Sampling = (typeof samplings)[number];

/** The places of an epoch's images in the order in which it takes them. */
export function epochOrder(labels: Int32Array, sampling: Sampling, random: Random): number[] {
  if (sampling === "all") return random.shuffle(Array(labels.length).keys());
  const byClass = [...Map.groupBy(labels.keys(), (at) => labels[at] ?? 0)]
    // In the order of the classes, so that the same labels give the same draw however they came.
    .sort(([one], [other]) => one - other)
    .map(([, places]) => random.shuffle(places));
  const counts = byClass.map((places) => places.length);
  const wanted = sampling === "over" ? Math.max(...counts) : Math.min(...counts);
  return random.shuffle(
    byClass.flatMap((places) => {
      const again = Array.from({ length: Math.max(0, wanted - places.length) }, () =>
        random.int(places.length),
      );
      return [...places.slice(0, wanted), ...again.flatMap((chosen) => places.slice(chosen, chosen + 1))];
    }),
  );
}
