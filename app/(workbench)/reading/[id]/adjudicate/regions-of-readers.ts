import type { Mark } from "@/app/_viewer/marks";
import type { AdjudicationCase } from "@/server/reading/adjudication-schema";
import type { Regions } from "../use-regions";
import { readerNames } from "./reader-names";

/** What readers drew for the finding at hand, each with who drew it; nothing can be added. */
export function regionsOfReaders({ reads }: AdjudicationCase, finding: number | null): Regions {
  const names = readerNames(reads);
  const drawn = reads.flatMap(({ regions }, reader) =>
    regions.map((region) => ({ region, name: names[reader] ?? "" })),
  );
  const ofFinding = (position: number | null) => drawn.filter(({ region }) => region.finding === position);
  return {
    tied: undefined,
    touch: () => undefined,
    draw: () => undefined,
    drop: () => undefined,
    countOf: (position) => ofFinding(position).length,
    marksOf: (image) =>
      ofFinding(finding)
        .filter(({ region }) => region.image === image)
        .map(
          ({ region: { shape, x, y, width, height }, name }, place): Mark => ({
            id: `region ${place}`,
            shape,
            from: { x, y },
            to: { x: x + width, y: y + height },
            text: name,
          }),
        ),
  };
}
