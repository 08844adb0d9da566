import Link from "next/link";
import { PartTag } from "@/app/_components/part-tag";
import { type PatientTimeline, splitParts } from "@/server/images/browse/schema";

/** Which parts the patient's images are in; more than one part of one split is a leak. */
export function SplitParts({ splits }: { splits: NonNullable<PatientTimeline["splits"]> }) {
  if (splits.length === 0) return <p className="text-dim">None of these images is in a split.</p>;
  return (
    <ul className="flex flex-col gap-3">
      {splits.map(({ splitId, split, parts }) => {
        const used = splitParts.filter((part) => parts[part] > 0);
        return (
          <li key={splitId}>
            <div className="flex items-baseline justify-between gap-3">
              <Link href={`/splits/${splitId}`} className="truncate hover:text-accent hover:underline">
                {split}
              </Link>
              {used.length > 1 ? <span className="text-[12px] text-leak">leaks</span> : null}
            </div>
            <div className="flex gap-4 text-[12px] text-dim">
              {used.map((part) => (
                <span key={part} className="inline-flex gap-1.5">
                  <PartTag part={part} /> {parts[part]}
                </span>
              ))}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
