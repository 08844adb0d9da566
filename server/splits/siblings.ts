import { type LeakReason, leakReasons } from "@/server/db/schema/split-facts";
import type { Groups } from "./groups";
import { leakedImages } from "./leaks";
import type { Roster } from "./roster";

export type Sibling = {
  /** Places in the roster. */
  readonly image: number;
  readonly trainImage: number;
  readonly reason: LeakReason;
  readonly daysApart: number | null;
};

/**
 * For each leaked image its nearest sibling in training: the same film before the same patient before a mere
 * group member, then fewest days apart (unknown last), then the roster's order. Listed in that order, too.
 */
export function nearestSiblings(roster: Roster, groups: Groups, partOf: Uint8Array): readonly Sibling[] {
  const trained = trainingMembers(groups, partOf);
  const leaked = leakedImages(groups, partOf);
  const siblings: Sibling[] = [];
  leaked.forEach((flag, image) => {
    if (flag === 0) return;
    const candidates = trained.get(groups.of[image] ?? -1) ?? [];
    const nearest = candidates
      .map((trainImage) => siblingOf(roster, image, trainImage))
      .reduce((best, next) => (closeness(next, best) < 0 ? next : best));
    siblings.push(nearest);
  });
  return siblings.sort((a, b) => closeness(a, b) || a.image - b.image);
}

function trainingMembers(groups: Groups, partOf: Uint8Array): Map<number, number[]> {
  const members = new Map<number, number[]>();
  groups.of.forEach((group, image) => {
    if (partOf[image] !== 0) return;
    const known = members.get(group);
    if (known) known.push(image);
    else members.set(group, [image]);
  });
  return members;
}

function siblingOf(roster: Roster, image: number, trainImage: number): Sibling {
  const reason = reasonOf(roster, image, trainImage);
  return { image, trainImage, reason, daysApart: daysApart(roster, image, trainImage) };
}

function reasonOf(roster: Roster, a: number, b: number): LeakReason {
  if (roster.film[a] !== -1 && roster.film[a] === roster.film[b]) return "film";
  if (roster.patient[a] !== -1 && roster.patient[a] === roster.patient[b]) return "patient";
  return "group";
}

/** Days are counted from a start of the patient's own, so two patients' days say nothing of each other. */
function daysApart(roster: Roster, a: number, b: number): number | null {
  const [dayA, dayB] = [roster.day[a] ?? null, roster.day[b] ?? null];
  if (dayA === null || dayB === null || roster.patient[a] === -1) return null;
  return roster.patient[a] === roster.patient[b] ? Math.abs(dayA - dayB) : null;
}

function closeness(a: Sibling, b: Sibling): number {
  return (
    leakReasons.indexOf(a.reason) - leakReasons.indexOf(b.reason) ||
    (a.daysApart ?? Number.MAX_SAFE_INTEGER) - (b.daysApart ?? Number.MAX_SAFE_INTEGER)
  );
}
