import { fail, ok, type Result } from "@/server/lib/errors";
import type { ListedFinding } from "./vocabulary";
import { type Changeable, mostFindings } from "./vocabulary-schema";

/** "No Finding" excludes the others by its name, "Support Devices" stands beside it (server/reading/rules.ts). */
const neverRetired = ["No Finding", "Support Devices"];

/** Whether a finding of this name may come in. Errors: conflict (a name that is there; the labels are full). */
export function mayBeAdded(findings: readonly ListedFinding[], name: string): Result<null> {
  if (findings.length >= mostFindings)
    return fail("conflict", `Labels have room for ${mostFindings} findings.`);
  const same = findings.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (!same) return ok(null);
  const retired = same.retired ? " It is retired: take it up again." : "";
  return fail("conflict", `There is a finding ${same.name} already.${retired}`);
}

/**
 * Whether a finding may look like this. Errors: conflict (its letter or what is shown is another's; it would be a
 * kind of itself; it is retired while others are kinds of it), invalid (a parent that there is not).
 * @param position null for a finding that is not there yet
 */
export function mayLookLike(
  findings: readonly ListedFinding[],
  position: number | null,
  look: Changeable,
): Result<null> {
  const others = findings.filter((one) => one.position !== position && !one.retired);
  const own = findings.find((one) => one.position === position);
  if (look.retired) return own ? mayRetire(others, own) : ok(null);
  const shown = others.find((one) => one.shortName.toLowerCase() === look.shortName.toLowerCase());
  if (shown) return fail("conflict", `${shown.name} is shown as “${shown.shortName}” already.`);
  const lettered = look.key === null ? undefined : others.find(({ key }) => key === look.key);
  if (lettered) return fail("conflict", `${look.key} is already the key for ${lettered.name}.`);
  if (look.parent === null) return ok(null);
  const parent = findings.find((one) => one.position === look.parent);
  if (!parent || parent.retired) return fail("invalid", "The parent is not in the vocabulary, or retired.");
  return isKindOf(findings, parent, position)
    ? fail("conflict", `${own?.name ?? "It"} would be a kind of itself: ${parent.name} is one of its kinds.`)
    : ok(null);
}

function mayRetire(others: readonly ListedFinding[], own: ListedFinding): Result<null> {
  if (neverRetired.includes(own.name)) return fail("conflict", `The rules of reading need ${own.name}.`);
  const kinds = others.filter(({ parent }) => parent === own.position).map(({ name }) => name);
  return kinds.length === 0
    ? ok(null)
    : fail(
        "conflict",
        `${kinds.join(", ")} ${kinds.length === 1 ? "is a kind" : "are kinds"} of it: give ${kinds.length === 1 ? "it" : "them"} another parent first.`,
      );
}

/** Whether `one` is the finding at `position`, or a kind of it, at any distance. */
function isKindOf(findings: readonly ListedFinding[], one: ListedFinding, position: number | null): boolean {
  if (position === null) return false;
  const passed = new Set<number>();
  let at: ListedFinding | undefined = one;
  while (at && !passed.has(at.position)) {
    if (at.position === position) return true;
    passed.add(at.position);
    const above: number | null = at.parent;
    at = findings.find((other) => other.position === above);
  }
  return false;
}
