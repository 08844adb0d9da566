import type { Person } from "@/server/auth/actor";
import { valueOrThrow } from "@/server/auth/command";
import type { FindingAgreement } from "@/server/reading/agreement-figures";
import {
  type ComparisonInput,
  compareReaders,
  type ReaderComparison,
} from "@/server/reading/reader-comparison";
import type { Choices } from "./choices";

/**
 * The comparison that the address asks for; without a finding there, of the one that most answers say yes of. A
 * link may name a run that has gone or never was: then without it, and `problem` says so.
 */
export async function comparedFor(
  person: Person,
  worklist: number,
  { policy, reference, model, threshold, ...choices }: Choices,
  findings: readonly FindingAgreement[],
): Promise<{ compared: ReaderComparison; problem: string | null }> {
  const known = findings.find(({ finding }) => finding === choices.finding);
  const [most] = [...findings].sort((a, b) => b.yes - a.yes);
  const asked: ComparisonInput = { worklist, policy, reference, finding: (known ?? most)?.finding };
  const tried = await compareReaders(person, model ? { ...asked, model: { ...model, threshold } } : asked);
  if (tried.ok || !model) return { compared: valueOrThrow(tried), problem: null };
  return { compared: valueOrThrow(await compareReaders(person, asked)), problem: tried.message };
}
