import { asc, sql } from "drizzle-orm";
import { database, type Executor } from "@/server/db/client";
import { findings } from "@/server/db/schema";

export type Finding = {
  /** Place in every packed label string. */
  readonly position: number;
  readonly name: string;
  readonly shortName: string;
  /** The letter that cycles its state in the reading room; "" where it has none. */
  readonly key: string;
  /** Position of the finding that this one is a kind of. */
  readonly parent: number | null;
  readonly displayOrder: number;
};
export type ListedFinding = Finding & {
  /** No longer offered to readers; labels that mention it stay. */
  readonly retired: boolean;
};

/**
 * All findings in display order, the retired among them: they keep their place in every label. Inside a transaction
 * pass it on: a second connection may never come free.
 */
export async function vocabulary(db: Executor = database()): Promise<readonly ListedFinding[]> {
  return db
    .select({
      position: findings.position,
      name: findings.name,
      shortName: findings.shortName,
      key: sql<string>`coalesce(${findings.key}, '')`,
      parent: findings.parent,
      displayOrder: findings.displayOrder,
      retired: sql<boolean>`${findings.retiredAt} is not null`,
    })
    .from(findings)
    .orderBy(asc(findings.displayOrder), asc(findings.position));
}

/** The findings that are offered to readers. */
export function offered(findings: readonly ListedFinding[]): readonly ListedFinding[] {
  return findings.filter(({ retired }) => !retired);
}

const secondsKept = 10;
let kept: { readonly findings: readonly ListedFinding[]; readonly until: number } | undefined;

/**
 * The vocabulary as it was ten seconds ago at most: for what asks at every read and need not see it change.
 * @param atLeast findings that the caller has heard of: with fewer the kept one is out of date
 */
export async function recentVocabulary(db: Executor, atLeast = 0): Promise<readonly ListedFinding[]> {
  if (kept && kept.until > performance.now() && kept.findings.length >= atLeast) return kept.findings;
  const findings = await vocabulary(db);
  kept = { findings, until: performance.now() + secondsKept * 1000 };
  return findings;
}
