import { type LeakReason, leakReasons, type Part } from "@/server/splits/rules";
import type { SplitAudit } from "@/server/splits/schema";

/** Which leaks the page shows, as its address holds it. */
export type LeakSearch = {
  readonly part: Part;
  readonly reason?: LeakReason;
  readonly class?: string;
  readonly after?: number;
};

type Params = Readonly<Record<string, string | string[] | undefined>>;

/** Test leaks come first: they are what the figures of a model stand on. */
export function leakSearchOf(params: Params, audit: SplitAudit, classes: readonly string[]): LeakSearch {
  const part = audit.parts.test.leaked > 0 || audit.parts.validation.leaked === 0 ? "test" : "validation";
  const asked = params.part === "test" || params.part === "validation" ? params.part : part;
  const after =
    typeof params.after === "string" && /^\d{1,9}$/.test(params.after) ? Number(params.after) : undefined;
  return {
    part: asked,
    reason: leakReasons.find((reason) => reason === params.reason),
    class: classes.find((name) => name === params.class),
    after,
  };
}

/** The page's address with these leaks; a change of filter goes back to the first page. */
export function leakHref(splitId: number, search: LeakSearch): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    if (value !== undefined) query.set(key, String(value));
  }
  return `/splits/${splitId}?${query}#leaks`;
}

/** Leaks of the audit that pass a filter. */
export function countLeaked(audit: SplitAudit, filter: Omit<LeakSearch, "after">): number {
  return audit.reasons
    .filter(
      (one) =>
        one.part === filter.part &&
        (filter.reason === undefined || one.reason === filter.reason) &&
        (filter.class === undefined || one.class === filter.class),
    )
    .reduce((sum, one) => sum + one.images, 0);
}
