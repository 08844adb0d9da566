import type { PartLeak, PartSummary, SplitAudit } from "@/server/db/schema/split-facts";
import type { MendedSplit } from "@/server/integrity/schema";
import { parts } from "@/server/splits/rules";

type Parts<Of> = Readonly<Record<(typeof parts)[number], Of>>;

/** A line per part: images, patients, classes. */
export function partLines(of: Parts<PartSummary>): string {
  return parts
    .map((part) => {
      const { images, patients, classes } = of[part];
      const counts = Object.entries(classes).map(([name, count]) => `${name} ${count}`);
      return `${part.padEnd(10)} ${images} images of ${patients} patients: ${counts.join(", ")}`;
    })
    .join("\n");
}

/** What leaks, per held-out part and class. */
export function auditLines(audit: Pick<SplitAudit, "leaks" | "parts">): string {
  const { patients, films } = audit.leaks;
  const held = (["validation", "test"] as const).map(
    (part) => `${part.padEnd(10)} ${leakWords(audit.parts[part])}`,
  );
  return [`${patients} patients and ${films} films on more than one side`, ...held].join("\n");
}

/** Both splits below each other. */
export function mendedLines(mended: Pick<MendedSplit, "leaked" | "before" | "after">): string {
  const { leaked, before, after } = mended;
  return [
    `before: ${leaked.before} leaked images`,
    partLines(before.parts),
    `after: ${leaked.after} leaked images, class shares within ${after.drift.toFixed(1)} points of the cohort's`,
    partLines(after.parts),
  ].join("\n");
}

function leakWords({ byClass }: PartLeak): string {
  return Object.entries(byClass)
    .map(([name, { images, leaked, share }]) =>
      share === null ? `no ${name}` : `${leaked} of ${images} ${name} leak (${Math.round(100 * share)}%)`,
    )
    .join(", ");
}
