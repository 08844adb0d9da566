import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Actor, Person } from "@/server/auth/actor";
import { valueOf as valueIn } from "@/server/auth/command";
import { database } from "@/server/db/client";
import {
  plantDataset,
  plantFilm,
  plantImage,
  plantPatient,
  plantStudy,
} from "@/server/images/browse/images.fixture";
import type { Submitted } from "./schema";
import { submitRead } from "./submit";
import { takeNext } from "./take-next";
import { createWorklist } from "./worklist-commands";
import type { WorklistQueryInput } from "./worklist-input";

export const shell: Actor = { kind: "shell", osUser: "test" };

/** A label that no blind payload may hold: it would be found as text. */
export const sourceLabels = "..+?-?....-....";

export type PlantedStudy = { readonly studyId: number; readonly patientId: number; readonly imageId: number };

let planted = 0;

/**
 * Studies of one patient each, with one film each whose path and patient carry a label, in the order given.
 * @param labels packed source labels, one study for each
 */
export async function plantStudies(labels: readonly string[]): Promise<PlantedStudy[]> {
  planted += 1;
  const dataset = `films ${planted}`;
  const datasetId = await plantDataset(dataset);
  const objectSha256 = await plantFilm(`film ${planted}`);
  const studies: PlantedStudy[] = [];
  for (const [at, packed] of labels.entries()) {
    const patientId = await plantPatient(datasetId, `COVID-${planted}-${at}`);
    const place = { datasetId, patientId };
    const studyId = await plantStudy(place, 1, packed);
    const path = `images/pneumonia-${planted}-${at}.png`;
    const image = await plantImage({ ...place, studyId }, { path, labels: packed, objectSha256 });
    studies.push({ studyId, patientId, imageId: image.id });
  }
  return studies;
}

export type ListOptions = { readonly readsWanted?: number; readonly blind?: boolean };

/** An open worklist of these studies, in this order. */
export async function plantWorklist(
  studies: readonly PlantedStudy[],
  options: ListOptions = {},
): Promise<number> {
  planted += 1;
  const query: WorklistQueryInput = { kind: "selection", studies: studies.map(({ studyId }) => studyId) };
  return valueIn(await createWorklist(shell, { name: `list ${planted}`, query, ...options })).id;
}

/** A worklist of fresh studies, and two people to read it. */
export async function plantRoom(
  people: readonly [Promise<Person>, Promise<Person>],
  labels: readonly string[],
  options: ListOptions = {},
) {
  const studies = await plantStudies(labels);
  const worklist = await plantWorklist(studies, options);
  return { studies, worklist, ada: await people[0], ben: await people[1] };
}

/** The item that the reader gets next; fails the test when there is none. */
export async function take(reader: Person, worklist: number): Promise<number> {
  const { study } = valueIn(await takeNext(reader, { worklist }));
  if (!study) throw new Error("nothing was left");
  return study.item;
}

export async function submit(
  reader: Person,
  item: number,
  labels: string,
  more: { key?: string; flagged?: boolean; comment?: string; confirmed?: boolean; activeMs?: number } = {},
): Promise<Submitted> {
  return valueIn(await submitRead(reader, { item, labels, key: randomUUID(), ...more }));
}

/** The study of an item. */
export async function studyOf(item: number): Promise<number> {
  const [row] = await database().execute<{ study_id: string }>(
    sql`select study_id from worklist_items where id = ${item}`,
  );
  return Number(row?.study_id);
}

/** Lets every lease of a worklist have run out. */
export async function expireLeases(worklist: number): Promise<void> {
  await database().execute(sql`
    update assignments set lease_expires_at = now() - interval '1 second'
    where worklist_id = ${worklist} and status = 'leased'`);
}

/** What the database says of a study and its images. */
export async function labelsOf(studyId: number) {
  const [row] = await database().execute<{
    current: string;
    origin: string;
    reads: number;
    images: string[];
    states: string[];
  }>(sql`
    select s.current_labels as current, s.label_origin as origin, s.read_count as reads,
      array_agg(i.labels order by i.id) as images, array_agg(i.read_state order by i.id) as states
    from studies s join images i on i.study_id = s.id where s.id = ${studyId} group by s.id`);
  return row;
}

/** The worklist's own book-keeping: every item's counts, checked against the assignments. */
export async function countsDisagree(worklist: number): Promise<number> {
  const [row] = await database().execute<{ wrong: number }>(sql`
    select count(*)::int as wrong from worklist_items i
    cross join lateral (
      select count(*) filter (where status in ('leased', 'submitted')) as taken,
        count(*) filter (where status = 'submitted') as done
      from assignments a where a.item_id = i.id
    ) real
    where i.worklist_id = ${worklist}
      and (i.taken <> real.taken or i.reads_done <> real.done or i.taken > i.reads_wanted)`);
  return row?.wrong ?? -1;
}
