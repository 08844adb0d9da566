import { z } from "zod";
import type { LabelOrigin } from "@/server/labels/rules";
import { packedLabelsPattern } from "@/server/labels/states";
import type { Finding } from "@/server/labels/vocabulary";
import type { KeyChoices } from "./keys";

export const worklistKinds = [
  "uncertain-first",
  "blank-but-model-positive",
  "cohort",
  "misclassified",
  "label-errors",
  "disagreements",
  "random",
  "selection",
] as const;
export type WorklistKind = (typeof worklistKinds)[number];

export const worklistStatuses = ["open", "paused", "closed"] as const;
export type WorklistStatus = (typeof worklistStatuses)[number];

const id = z.int().positive();
/** By id from a page, by name from a shell. */
export const worklistReference = z.object({ worklist: z.union([id, z.string().trim().min(1).max(200)]) });

const packed = z.string().regex(packedLabelsPattern, "Labels are written with + - ? and a full stop.");
/** A box or an ellipse on a film, in its pixels from the upper left corner; `finding` by position. */
const region = z.object({
  image: id,
  finding: z.int().min(0).max(255),
  shape: z.enum(["rectangle", "ellipse"]),
  x: z.number().min(0),
  y: z.number().min(0),
  width: z.number().positive("A region needs a width."),
  height: z.number().positive("A region needs a height."),
});
export type Region = z.output<typeof region>;

export const regions = z.array(region).max(200, "A read has at most 200 regions.").default([]);

/** What a reader has made of a study so far. */
const reading = {
  labels: packed,
  comment: z.string().max(4000, "A comment has at most 4,000 characters.").default(""),
  flagged: z.boolean().default(false),
  regions,
  /** Time with the film up and somebody at the keys. */
  activeMs: z.int().min(0).max(86_400_000).default(0),
};
const item = id;
/** The same key sent twice does it once. */
const key = z.uuid();

export const worklistInput = z.object({ worklist: id });
export const takeInput = worklistInput.extend({
  /** Studies to hold beyond the one that is up, so that the next is there at once. */
  ahead: z.int().min(0).max(3).default(0),
  /** Items that the caller has: their studies are not sent again. */
  have: z.array(item).max(100).default([]),
});
export type TakeInput = z.input<typeof takeInput>;
export const itemInput = z.object({ item });
/** Without a run it is the film's lung mask. */
export const overlayInput = z.object({ item, image: id, run: id.optional() });
export const draftInput = z.object({ item, ...reading });
/** What was typed and not yet saved goes with it. */
export const leaveInput = z.object({ item, draft: z.object(reading).optional() });
export const submitInput = z.object({
  item,
  key,
  ...reading,
  /** The reader was asked about its contradictions and means them. */
  confirmed: z.boolean().default(false),
});
export type SubmitInput = z.input<typeof submitInput>;

/** Digits choose them in the reading room. */
export const skipReasons = [
  "Not a chest film",
  "Rotated",
  "Too dark",
  "Artefact",
  "Wrong patient",
  "Other",
] as const;
export const skipInput = z.object({ item, reason: z.enum(skipReasons), ...reading });
export type SkipInput = z.input<typeof skipInput>;
export type SkipReason = SkipInput["reason"];
export const returnInput = z.object({ item });

export type Draft = {
  readonly labels: string;
  readonly comment: string;
  readonly flagged: boolean;
  readonly activeMs: number;
  /** Absent in drafts from before there were regions. */
  readonly regions?: readonly Region[];
};

export type RoomFilm = {
  readonly id: number;
  readonly view: string;
  /** False: only its row was imported. */
  readonly here: boolean;
};

/** An earlier study of the patient's; only films that are here. */
export type PriorStudy = {
  /** Place among the patient's studies, from 1. */
  readonly number: number;
  readonly images: readonly RoomFilm[];
  /** YYYY-MM-DD, moved as all of the patient's; null where the dataset has no dates. */
  readonly date: string | null;
  /** Days before the current study, where both days are known. */
  readonly daysBefore: number | null;
};

/** What the reading room gets of a study. While `blind`, nothing in it tells or hints at a label. */
export type RoomStudy = {
  readonly item: number;
  readonly blind: boolean;
  readonly patient: string;
  /** Place among the patient's studies, from 1. */
  readonly number: number;
  readonly of: number;
  /** YYYY-MM-DD, moved as all of the patient's; null where the dataset has no dates. */
  readonly date: string | null;
  readonly sex: "F" | "M" | "unknown";
  readonly age: number | null;
  readonly images: readonly RoomFilm[];
  /** Earlier studies with films, the latest first. */
  readonly priors: readonly PriorStudy[];
  readonly draft: Draft | null;
  /** In an open worklist: what is known from the start. */
  readonly known: Known | null;
  readonly overlays: FilmOverlays;
};

export type OtherRead = {
  readonly reader: string;
  readonly kind: "read" | "adjudication";
  readonly labels: string;
  readonly comment: string;
};

export type ModelOutput = {
  readonly run: number;
  readonly image: number;
  /** Classes in the run's order, probabilities 0 to 1. */
  readonly classes: readonly { readonly name: string; readonly probability: number }[];
};

/** What a run used of a film: a hint, not a finding. Of the class that it gave the film. */
export type Saliency = {
  readonly run: number;
  readonly image: number;
  readonly className: string;
  /** The class's, 0 to 1, and the logit that the map explains. */
  readonly probability: number;
  readonly score: number;
};

/** What can be laid over films; of a blind study nothing. */
export type FilmOverlays = {
  /** Maps of the newest run first. */
  readonly saliency: readonly Saliency[];
  /** Films with a lung mask: the work of a network, so no blind reader gets one either. */
  readonly lungMasks: readonly number[];
};

/** What is kept from a blind reader. */
export type Known = {
  readonly source: string;
  readonly current: string;
  readonly origin: LabelOrigin;
  readonly others: readonly OtherRead[];
  readonly models: readonly ModelOutput[];
};

export type Taken = {
  /** The study that is up; null when nothing is left for the reader. */
  readonly study: RoomStudy | null;
  /** Items in the reader's hands in their order, that study's first. */
  readonly held: readonly number[];
  /** The studies held after it that the caller has not got. */
  readonly next: readonly RoomStudy[];
  /** Films that are likely to come after those, in order: for fetching ahead. */
  readonly upcoming: readonly number[];
  /** The worklist's, where nothing is handed out: a paused one has studies, but not now. */
  readonly status?: WorklistStatus;
};

export type Submitted = {
  readonly item: number;
  readonly revision: number;
  readonly labels: string;
  /** True when this very submission was there already. */
  readonly repeated: boolean;
  readonly known: Known;
};

export type ReaderProgress = {
  /** E-mail address. */
  readonly reader: string;
  readonly name: string;
  readonly reads: number;
  readonly medianSeconds: number;
};

export type WorklistRow = {
  readonly id: number;
  readonly name: string;
  /** Null for a reader of a blind list: the kind tells something of the labels. */
  readonly kind: WorklistKind | null;
  readonly status: WorklistStatus;
  readonly blind: boolean;
  readonly readsWanted: number;
  readonly studies: number;
  /** Studies with every read that they want. */
  readonly read: number;
  readonly left: number;
  readonly skipped: number;
  readonly flagged: number;
  readonly readers: number;
  /** Still open to the person who asks. */
  readonly leftForMe: number;
  readonly priority: number;
  /** As 2026-12-24; null where nothing is due. */
  readonly dueOn: string | null;
  /** Disagreements that the person who asks may decide; 0 for who may not. */
  readonly toAdjudicate: number;
  readonly createdBy: string;
  readonly createdAt: Date;
};

/** A study that was skipped or flagged. */
export type SetAside = {
  readonly item: number;
  readonly study: number;
  readonly patientId: number;
  readonly patient: string;
  readonly image: number | null;
  readonly skipped: boolean;
  readonly flagged: boolean;
  readonly reader: string | null;
  readonly reason: string | null;
  readonly comment: string;
  readonly at: Date | null;
};

/** A study of a worklist, as those who manage it see it. */
export type ListedStudy = {
  /** From 1, in the order in which it is handed out. */
  readonly place: number;
  readonly study: number;
  readonly patientId: number;
  readonly patient: string;
  readonly image: number | null;
  /** Why it stands in the list; null where its kind chooses for no reason. */
  readonly reason: string | null;
  /** A known case that was mixed in for quality. */
  readonly known: boolean;
  readonly readsDone: number;
  readonly readsWanted: number;
  readonly skipped: boolean;
  readonly flagged: boolean;
};

/** A reader's own way through a worklist. */
export type Pace = {
  readonly leftForMe: number;
  readonly reads: number;
  /** Null before the first read. */
  readonly medianSeconds: number | null;
};

export type Room = {
  readonly worklist: {
    readonly id: number;
    readonly name: string;
    readonly blind: boolean;
    readonly studies: number;
  };
  readonly findings: readonly Finding[];
  /** The reader's own keys. */
  readonly choices: KeyChoices;
};
