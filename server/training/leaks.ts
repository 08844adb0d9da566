import type { SplitAudit } from "@/server/db/schema/split-facts";

/** What leaks into the test part, per class that has any. */
export type LeakLine = { readonly className: string; readonly leaked: number; readonly images: number };

/** The test images that have a patient or a film in training. */
export function leaksOf(audit: SplitAudit | null, classes: readonly string[]): LeakLine[] {
  return classes.flatMap((className) => {
    const found = audit?.parts.test.byClass[className];
    return found && found.leaked > 0 ? [{ className, leaked: found.leaked, images: found.images }] : [];
  });
}

/** "59% of covid test images (16 of 27) share a patient or a film with training". */
export function leakSentence(leaks: readonly LeakLine[]): string {
  const lines = leaks.map(
    ({ className, leaked, images }) =>
      `${Math.round((100 * leaked) / images)}% of ${className} test images (${leaked} of ${images})`,
  );
  return `${lines.join(" and ")} share a patient or a film with training`;
}
