import type { Person } from "@/server/auth/actor";
import { eligibleReaders } from "@/server/reading/chosen-readers";
import { worklistOutlook } from "@/server/reading/outlook";
import { worklistQuality } from "@/server/reading/quality";
import { listWorklists, myProgress, readingRoom, showWorklist } from "@/server/reading/queries";
import { listSetAside } from "@/server/reading/set-aside";
import { worklistStudies } from "@/server/reading/worklist-studies";
import { personWith } from "@/server/testing/actors";
import type { Figure } from "./benchmark";
import { spread, timed } from "./timing";

/** What somebody waits for who opens a long list: the lists, its own page, its reading room. */
export async function openedLists(
  worklist: number,
  [reader]: readonly Person[],
  when = "",
): Promise<Figure[]> {
  if (!reader) return [];
  const manager = await personWith("adjudicator");
  const pages: readonly (readonly [string, () => Promise<unknown>])[] = [
    ["page of two such worklists, a reader", () => listWorklists(reader, {})],
    ["page of two such worklists, an adjudicator", () => listWorklists(manager, {})],
    ["page of one worklist", () => pageOfOne(manager, worklist)],
    ["its studies, the first page", () => worklistStudies(manager, { worklist })],
    ["its studies, from the middle", () => worklistStudies(manager, { worklist, after: 100_000 })],
    ["its reading room", () => readingRoom(reader, { worklist })],
    ["progress at the foot of the room", () => myProgress(reader, { worklist })],
  ];
  const figures: Figure[] = [];
  for (const [what, open] of pages) {
    const samples: number[] = [];
    for (let call = 0; call < 20; call += 1) samples.push((await timed(open))[1]);
    figures.push(...spread(when + what, samples, 300));
  }
  return figures;
}

/** All that `reading/[id]/progress` asks for. */
async function pageOfOne(manager: Person, worklist: number): Promise<void> {
  const parts = await Promise.all([
    showWorklist(manager, { worklist }),
    worklistOutlook(manager, { worklist }),
    listSetAside(manager, { worklist, what: "skipped" }),
    listSetAside(manager, { worklist, what: "flagged" }),
    worklistQuality(manager, { worklist }),
    eligibleReaders(manager, {}),
  ]);
  if (parts.some(({ ok }) => !ok)) throw new Error("a part of the page was refused");
}
