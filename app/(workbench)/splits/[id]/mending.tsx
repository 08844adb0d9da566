import Link from "next/link";
import { Card } from "@/app/_components/card";
import { Notice } from "@/app/_components/notice";
import type { SplitAudit, SplitDetail } from "@/server/splits/schema";
import { BeforeAfter } from "./before-after";

/** What came of this split by mending, the newest one. */
export function MendedTwin({ split }: { split: SplitDetail }) {
  const newest = newestTwin(split);
  if (!newest) return null;
  return (
    <Notice>
      Mended as{" "}
      <Link href={`/splits/${newest.id}`} className="text-accent underline underline-offset-2">
        {newest.name}
      </Link>
      : the same images with every patient on one side.
    </Notice>
  );
}

export function newestTwin(split: SplitDetail): SplitDetail["mendedInto"][number] | null {
  return [...split.mendedInto].sort((a, b) => b.id - a.id)[0] ?? null;
}

type FromProps = { split: SplitDetail; audit: SplitAudit; origin: SplitDetail };

/** Where this split comes from, and what mending changed. */
export function MendedFrom({ split, audit, origin }: FromProps) {
  return (
    <Card
      title={
        <>
          Mended from{" "}
          <Link href={`/splits/${origin.id}`} className="text-accent underline underline-offset-2">
            {origin.name}
          </Link>
        </>
      }
      aside={`class shares within ${split.summary.drift.toFixed(1)} percentage points of the whole cohort’s`}
    >
      <BeforeAfter
        classes={split.cohort.classes}
        before={origin.summary}
        after={split.summary}
        leaks={{ before: origin.audit, after: audit }}
      />
    </Card>
  );
}
