import { asc, desc, eq, sql } from "drizzle-orm";
import { query } from "@/server/auth/command";
import type { Database } from "@/server/db/client";
import {
  datasets,
  images,
  labelSetImages,
  labelSets,
  patients,
  reads,
  studies,
  users,
  worklists,
} from "@/server/db/schema";
import { fail, ok } from "@/server/lib/errors";
import { currentLabel } from "./current-label";
import { type HistoryStep, historyInput, type LabelHistory } from "./schema";
import { sameLabels } from "./states";
import { vocabulary } from "./vocabulary";

/** Label sets of which the frozen label is shown. */
const setsShown = 50;

/**
 * How a study's labels came to be: the import and every read, revision, withdrawal and adjudication in their
 * order, each with what the current label was after it and by which step of the rule. Errors: not-found.
 */
export const labelHistory = query({
  name: "labels.history",
  permission: "labels.view",
  input: historyInput,
  async run({ db, input }) {
    const study = await studyRow(db, input.study);
    if (!study) return fail("not-found", "There is no such study.");
    const [events, own, frozen, findings] = await Promise.all([
      readsOf(db, input.study),
      imagesOf(db, input.study),
      setsOf(db, input.study),
      vocabulary(db),
    ]);
    const { steps, standing } = replayed(study, events, findings.length);
    const { source, ...facts } = study;
    return ok<LabelHistory>({
      ...facts,
      steps,
      standing,
      images: own.filter(({ labels }) => !sameLabels(labels, source)),
      frozen,
      findings,
    });
  },
});

async function studyRow(db: Database, id: number) {
  const [row] = await db
    .select({
      study: studies.id,
      studyName: studies.externalId,
      patientId: patients.id,
      patient: patients.externalId,
      dataset: datasets.name,
      source: studies.sourceLabels,
      current: studies.currentLabels,
      origin: studies.labelOrigin,
    })
    .from(studies)
    .innerJoin(patients, eq(patients.id, studies.patientId))
    .innerJoin(datasets, eq(datasets.id, studies.datasetId))
    .where(eq(studies.id, id));
  return row;
}

async function readsOf(db: Database, study: number) {
  return db
    .select({ read: reads, by: users.name, worklist: worklists.name })
    .from(reads)
    .innerJoin(users, eq(users.id, reads.readerId))
    .leftJoin(worklists, eq(worklists.id, reads.worklistId))
    .where(eq(reads.studyId, study))
    .orderBy(asc(reads.id));
}

async function imagesOf(db: Database, study: number) {
  return db
    .select({ id: images.id, view: images.view, labels: images.sourceLabels })
    .from(images)
    .where(eq(images.studyId, study))
    .orderBy(asc(images.id));
}

/** The first image's label stands for the study's. */
async function setsOf(db: Database, study: number) {
  return db
    .select({
      id: labelSets.id,
      name: labelSets.name,
      at: labelSets.createdAt,
      labels: labelSetImages.labels,
    })
    .from(labelSets)
    .innerJoin(
      labelSetImages,
      sql`${labelSetImages.labelSetId} = ${labelSets.id} and ${labelSetImages.imageId} = (
        select min(id) from ${images} where study_id = ${study})`,
    )
    .orderBy(desc(labelSets.id))
    .limit(setsShown);
}

type Study = NonNullable<Awaited<ReturnType<typeof studyRow>>>;
type ReadRow = Awaited<ReturnType<typeof readsOf>>[number];

/** The highest revision of each person stands, unless it takes the read back. */
function replayed({ source, dataset }: Study, events: readonly ReadRow[], findings: number) {
  const standing = new Map<number, LabelHistory["standing"][number]>();
  const imported = currentLabel(source, [], findings);
  const steps: HistoryStep[] = [
    {
      kind: "import",
      by: dataset,
      at: null,
      readId: null,
      revision: null,
      worklist: null,
      blind: null,
      comment: "",
      said: source,
      current: imported.labels,
      origin: imported.origin,
    },
  ];
  for (const { read, by, worklist } of events) {
    if (read.withdrawn) standing.delete(read.readerId);
    else standing.set(read.readerId, { id: read.id, kind: read.kind, labels: read.labels, by });
    const { labels: current, origin } = currentLabel(source, [...standing.values()], findings);
    steps.push({
      kind: read.withdrawn ? "withdrawal" : read.kind,
      by,
      at: read.submittedAt,
      readId: read.id,
      revision: read.revision,
      worklist:
        read.worklistId === null || worklist === null ? null : { id: read.worklistId, name: worklist },
      blind: read.blind,
      comment: read.comment,
      said: read.labels,
      current,
      origin,
    });
  }
  return { steps, standing: [...standing.values()] };
}
