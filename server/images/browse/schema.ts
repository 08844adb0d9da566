import { z } from "zod";
import { type LabelState, labelStates } from "@/server/labels/states";

export const sexes = ["F", "M", "unknown"] as const;
export type Sex = (typeof sexes)[number];
export const readStates = ["unread", "read", "adjudicated"] as const;
export type ReadState = (typeof readStates)[number];
export const splitParts = ["train", "validation", "test"] as const;
export type SplitPart = (typeof splitParts)[number];
export const filmStates = ["here", "absent"] as const;
export type FilmState = (typeof filmStates)[number];
/** By id, age (youngest or oldest first), or how many findings are uncertain (most first). */
export const sortOrders = ["id", "youngest", "oldest", "uncertain"] as const;
export type SortOrder = (typeof sortOrders)[number];

/** Years that an age filter can name; what lies outside is a mistake of the table. */
export const oldestAge = 130;
/** Images on one page of the grid, and the most that one call returns. */
export const pageSize = 120;
export const longestPage = 1000;

const name = z.string().min(1).max(200);
const years = z.int().min(0).max(oldestAge);

/** What a selection of images asks for. Filters combine by "and", the values within one by "or". */
export const imageFilters = z.object({
  datasets: z.array(name).max(100).default([]),
  findings: z
    .array(z.object({ finding: name, states: z.array(z.enum(labelStates)).min(1).max(4) }))
    .max(64)
    .default([])
    .refine((all) => new Set(all.map((one) => one.finding)).size === all.length, {
      message: "a finding is named twice; name all its states at once",
    }),
  views: z.array(name).max(50).default([]),
  sexes: z.array(z.enum(sexes)).max(3).default([]),
  /** Both ends belong to it; an image without a known age is outside of every range. */
  age: z
    .object({ from: years.nullable().default(null), to: years.nullable().default(null) })
    .refine((range) => range.from === null || range.to === null || range.from <= range.to, {
      message: "the first age is above the second",
    })
    .nullable()
    .default(null),
  /** Images of a split; `parts` empty means all of them. */
  split: z
    .object({ id: z.int().positive(), parts: z.array(z.enum(splitParts)).max(3).default([]) })
    .nullable()
    .default(null),
  readStates: z.array(z.enum(readStates)).max(3).default([]),
  film: z.enum(filmStates).nullable().default(null),
  /** What the patient's id or the image's path starts with. */
  text: z.string().trim().max(300).default(""),
});
export type ImageFilters = z.output<typeof imageFilters>;
export type ImageFiltersInput = z.input<typeof imageFilters>;

/** `12` where pages go by id, `<value>:<id>` where they are sorted. */
const pageKey = z.string().regex(/^(-?\d{1,5}:)?\d{1,15}$/, "this is not a key of a page");

export const pageInput = z.object({
  filters: imageFilters.prefault({}),
  sort: z.enum(sortOrders).default("id"),
  after: pageKey.nullable().default(null),
  /** Ends the page at this key, so that pages drawn earlier never overlap. */
  upTo: pageKey.nullable().default(null),
  limit: z
    .int()
    .min(1, "must be 1 or more")
    .max(longestPage, `must be ${longestPage} or less`)
    .default(pageSize),
});

/** One image of a list. `labels` is packed by position; null for who may not see labels. */
export type ImageRow = {
  readonly id: number;
  readonly dataset: string;
  readonly path: string;
  readonly patientId: number;
  readonly patient: string;
  readonly study: string;
  readonly view: string;
  readonly sex: Sex;
  readonly age: number | null;
  readonly readState: ReadState;
  readonly film: { readonly width: number; readonly height: number } | null;
  readonly labels: string | null;
};

export type ImagePage = {
  readonly rows: readonly ImageRow[];
  /** Key after which the next page begins; null on the last. */
  readonly next: string | null;
};

export type Count<Value> = { readonly value: Value; readonly images: number };
export type StateCounts = Readonly<Record<LabelState, number>>;

/** How many images each value would leave, all other filters in force and the value's own filter not. */
export type Facets = {
  readonly datasets: readonly Count<string>[];
  readonly views: readonly Count<string>[];
  readonly sexes: readonly Count<Sex>[];
  /** By single years, ascending; null is unknown and last. */
  readonly ages: readonly Count<number | null>[];
  readonly readStates: readonly Count<ReadState>[];
  readonly films: readonly Count<FilmState>[];
  /** Null while no split is chosen. */
  readonly parts: readonly Count<SplitPart>[] | null;
  /** Null for who may not see labels. */
  readonly findings: readonly (StateCounts & { readonly finding: string })[] | null;
};

export type BrowseCounts = {
  /** Images that pass every filter. */
  readonly total: number;
  readonly patients: number;
  /** Images in the installation. */
  readonly of: number;
  readonly facets: Facets;
};

/** A step in how an image's labels came to be. */
export type LabelStep = {
  readonly kind: "source" | "read" | "adjudication";
  /** The dataset for what was imported, the reader's name for a read. */
  readonly by: string;
  /** ISO 8601; null for what was imported. */
  readonly at: string | null;
  readonly labels: string;
  readonly comment: string;
  readonly flagged: boolean;
  readonly revision: number;
  /** `replaced` by a later revision, `withdrawn` by an undo. */
  readonly standing: "current" | "replaced" | "withdrawn";
};

export type ImagePrediction = {
  readonly runId: number;
  readonly network: string;
  readonly part: SplitPart;
  readonly truth: string;
  readonly predicted: string;
  /** In the run's order of classes; probabilities 0 to 1. */
  readonly probabilities: readonly { readonly className: string; readonly probability: number }[];
};

export type PartOfSplit = { readonly splitId: number; readonly split: string; readonly part: SplitPart };

/** Another image with the same decoded pixels. */
export type Duplicate = {
  readonly id: number;
  readonly dataset: string;
  readonly patientId: number;
  readonly patient: string;
  readonly path: string;
};

export type ImageDetail = ImageRow & {
  readonly studyId: number;
  readonly dayOffset: number | null;
  readonly labelOrigin: "source" | "read" | "consensus" | "adjudicated";
  readonly file: {
    readonly mediaType: string;
    readonly bytes: number;
    readonly bitDepth: number;
    readonly sha256: string;
    /** Kept as a de-identified DICOM file, too; media type and bytes are of the picture that pages show. */
    readonly dicom: boolean;
  } | null;
  /** Columns of the dataset's table that have no place of their own; none for who may not see labels. */
  readonly extra: Readonly<Record<string, string>>;
  /** Oldest first; null for who may not see labels. */
  readonly history: readonly LabelStep[] | null;
  /** Newest run first; null for who may not see models. */
  readonly predictions: readonly ImagePrediction[] | null;
  /** Null for who may not see splits. */
  readonly parts: readonly PartOfSplit[] | null;
  readonly duplicates: readonly Duplicate[];
};

export type PatientStudy = {
  readonly id: number;
  readonly study: string;
  readonly sequence: number;
  readonly dayOffset: number | null;
  readonly readCount: number;
  readonly labelOrigin: ImageDetail["labelOrigin"];
  /** Packed; null for who may not see labels. */
  readonly labels: string | null;
  readonly images: readonly ImageRow[];
};

export type PatientTimeline = {
  readonly id: number;
  readonly patient: string;
  readonly dataset: string;
  /** True for an id that stands for nobody in particular: its studies may be of many people. */
  readonly placeholder: boolean;
  readonly studyCount: number;
  readonly imageCount: number;
  /** By time, at most `studiesPerPage`. */
  readonly studies: readonly PatientStudy[];
  /** Key after which the next studies begin; null at the end. */
  readonly next: string | null;
  /** Per split the number of this patient's images in each part; null for who may not see splits. */
  readonly splits:
    | readonly {
        readonly splitId: number;
        readonly split: string;
        readonly parts: Readonly<Record<SplitPart, number>>;
      }[]
    | null;
  /** Films of this patient that also stand elsewhere. */
  readonly duplicates: readonly (Duplicate & { readonly of: number })[];
};

export const studiesPerPage = 60;
/** `<sequence>:<study>`: studies go by time. */
export const studyKey = z.string().regex(/^-?\d{1,9}:\d{1,15}$/, "this is not a key of a study");
