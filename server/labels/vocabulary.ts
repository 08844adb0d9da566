import { asc } from "drizzle-orm";
import { database, type Executor } from "@/server/db/client";
import { findings } from "@/server/db/schema";

export type Finding = {
  /** Place in every packed label string. */
  readonly position: number;
  readonly name: string;
  readonly shortName: string;
  /** The letter that cycles its state in the reading room. */
  readonly key: string;
  /** Position of the finding that this one is a kind of. */
  readonly parent: number | null;
  readonly displayOrder: number;
};

/** All findings in display order. Inside a transaction pass it on: a second connection may never come free. */
export async function vocabulary(db: Executor = database()): Promise<readonly Finding[]> {
  return db.select().from(findings).orderBy(asc(findings.displayOrder));
}

const secondsKept = 10;
let kept: { readonly findings: readonly Finding[]; readonly until: number } | undefined;

/** The vocabulary as it was ten seconds ago at most: for what asks at every read and need not see it change. */
export async function recentVocabulary(db: Executor): Promise<readonly Finding[]> {
  if (kept && kept.until > performance.now()) return kept.findings;
  const findings = await vocabulary(db);
  kept = { findings, until: performance.now() + secondsKept * 1000 };
  return findings;
}
