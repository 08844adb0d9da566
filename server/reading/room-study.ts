import { sql } from "drizzle-orm";
import { studyDate } from "@/server/datasets/study-date";
import type { Executor } from "@/server/db/client";
import { stateAt } from "@/server/labels/states";
import { filmOverlays, noOverlays } from "./film-overlays";
import { known } from "./known";
import { patientTitle } from "./rules";
import type { Draft, PriorStudy, RoomFilm, RoomStudy } from "./schema";

/** Earlier studies that are hung beside the current one. */
const mostPriors = 12;

type StudyRow = {
  study_id: string;
  blind: boolean;
  patient_id: string;
  external_id: string;
  placeholder: boolean;
  format: string;
  day_offset: number | null;
};
type FilmRow = {
  id: string;
  view: string;
  here: boolean;
  sex: RoomStudy["sex"];
  age: number | null;
};

/**
 * What the reading room shows of an item. For a blind worklist nothing in it comes from labels, reads or
 * models, and no path, file name, foreign id or date of a publication either: those carry labels in many datasets.
 */
export async function roomStudy(
  db: Executor,
  { item, draft, readerId }: { item: number; draft: Draft | null; readerId: number },
): Promise<RoomStudy> {
  const [row] = await db.execute<StudyRow>(sql`
    select s.id as study_id, w.blind, p.id as patient_id, p.external_id, p.placeholder, d.format, s.day_offset
    from worklist_items i
    join worklists w on w.id = i.worklist_id
    join studies s on s.id = i.study_id
    join patients p on p.id = s.patient_id
    join datasets d on d.id = p.dataset_id
    where i.id = ${item}`);
  if (!row) throw new Error(`worklist item ${item} is gone`);
  const studyId = Number(row.study_id);
  const [films, line, shown, overlays] = await Promise.all([
    filmsOf(db, studyId),
    // An id that stands for nobody in particular has no time line.
    row.placeholder ? null : timeLine(db, row),
    row.blind ? null : known(db, { studyId, readerId }),
    row.blind ? noOverlays : filmOverlays(db, studyId),
  ]);
  const [first] = films;
  return {
    item,
    blind: row.blind,
    patient: patientTitle(row.external_id, Number(row.patient_id), row.blind),
    number: line?.number ?? 1,
    of: line?.of ?? 1,
    date: studyDate(row.format, row.day_offset),
    sex: first?.sex ?? "unknown",
    age: first?.age ?? null,
    images: films.map(filmOf),
    priors: line?.priors ?? [],
    draft: draft ?? (shown ? startingFrom(shown.current) : null),
    known: shown,
    overlays,
  };
}

/** An open read begins with what stands, so that keystrokes grow with what the reader changes. */
function startingFrom(current: string): Draft | null {
  const says = [...current].some((_, position) => stateAt(current, position) !== "unmentioned");
  return says ? { labels: current, comment: "", flagged: false, activeMs: 0 } : null;
}

async function filmsOf(db: Executor, studyId: number): Promise<FilmRow[]> {
  return db.execute<FilmRow>(sql`
    select id, view, film_here as here, sex, age from images where study_id = ${studyId} order by id limit 40`);
}

function filmOf({ id, view, here }: FilmRow): RoomFilm {
  return { id: Number(id), view, here };
}

/** The study's place among the patient's, and the studies before it. */
async function timeLine(
  db: Executor,
  study: StudyRow,
): Promise<{ number: number; of: number; priors: PriorStudy[] }> {
  const line = await db.execute<{ id: string; day_offset: number | null }>(sql`
    select id, day_offset from studies where patient_id = ${study.patient_id} order by sequence, id`);
  const at = line.findIndex(({ id }) => id === study.study_id);
  const before = line.slice(Math.max(0, at - mostPriors), at);
  const films =
    before.length === 0
      ? []
      : await filmsOfAll(
          db,
          before.map(({ id }) => id),
        );
  const priors = before.map(({ id, day_offset }, place): PriorStudy => {
    const known = day_offset !== null && study.day_offset !== null;
    return {
      number: Math.max(0, at - mostPriors) + place + 1,
      images: films.filter(({ study_id }) => study_id === id).map(filmOf),
      date: studyDate(study.format, day_offset),
      daysBefore: known ? Number(study.day_offset) - Number(day_offset) : null,
    };
  });
  return {
    number: at + 1,
    of: line.length,
    priors: priors.filter(({ images }) => images.length > 0).reverse(),
  };
}

/** The films of these studies that are here. */
async function filmsOfAll(db: Executor, studies: readonly string[]) {
  return db.execute<FilmRow & { study_id: string }>(sql`
    select study_id, id, view, film_here as here, sex, age from images
    where study_id in (${sql.join(
      studies.map((id) => sql`${id}`),
      sql`, `,
    )}) and film_here order by id limit 400`);
}
