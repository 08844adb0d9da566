import { z } from "zod";
import { parts } from "@/server/splits/rules";
import { saliencyMethods } from "@/server/training/schema";

export const runReference = z.object({ run: z.number().int().positive() });

export const saliencyInput = runReference.extend({
  image: z.number().int().positive(),
  method: z.enum(saliencyMethods).default("hirescam"),
});

export const predictionsInput = runReference.extend({
  part: z.enum(parts).optional(),
  /** Index into the run's classes, of truth and of prediction. */
  truth: z.number().int().min(0).optional(),
  predicted: z.number().int().min(0).optional(),
  after: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(500).default(100),
});

export const errorKinds = ["all", "missed", "false-alarm", "leaked"] as const;
/** Missed: truly the first class, called another. False alarm: called the first, truly another. */
export type ErrorKind = (typeof errorKinds)[number];

export const errorsInput = runReference.extend({
  kind: z.enum(errorKinds).default("all"),
  /** Place of the last one shown. */
  after: z.object({ p: z.number(), image: z.number() }).optional(),
  limit: z.number().int().min(1).max(200).default(60),
});

export type Prediction = {
  readonly image: number;
  readonly dataset: string;
  readonly path: string;
  readonly patient: string;
  readonly part: (typeof parts)[number];
  readonly truth: number;
  readonly predicted: number;
  /** One per class, in the run's order. */
  readonly probabilities: readonly number[];
};

/** A misclassified test image. */
export type ErrorCase = {
  readonly image: number;
  readonly patientId: number;
  readonly patient: string;
  readonly dataset: string;
  readonly view: string;
  readonly truth: number;
  readonly predicted: number;
  /** Of the predicted class and of the true one. */
  readonly probability: number;
  readonly trueProbability: number;
  /** Findings that the current labels call positive. */
  readonly findings: readonly string[];
  /** Someone of its patient or film group is in training. */
  readonly leaked: boolean;
  readonly saliency: SaliencyFacts | null;
};

/** What a stored map says beside its picture. */
type SaliencyFacts = {
  /** The logit that was explained. */
  readonly score: number;
  readonly probability: number;
  readonly min: number;
  readonly max: number;
};

/** A test film whose map can be held against something. */
export type MeasuredFilm = {
  readonly image: number;
  /** Share of the map's energy outside the film's lung mask, and of the film; null without a mask or with an empty map. */
  readonly outsideLungs: { readonly share: number; readonly evenMap: number } | null;
  /** From the map's maximum to the nearest region of the class's finding, on 224 × 224; null without one. */
  readonly pointing: number | null;
};

/** What a run's maps come to on its test films, as far as there are masks and regions. */
export type SaliencyMeasures = {
  readonly method: "hirescam";
  readonly outsideLungs: {
    readonly mean: number;
    /** Mean share of those films' area that lies outside: what an even map would have. */
    readonly evenMap: number;
    readonly films: number;
  } | null;
  readonly pointingGame: {
    readonly films: number;
    /** Maxima at most `tolerance` pixels (of 224 × 224) from a region, and those inside one. */
    readonly hits: number;
    readonly inside: number;
    readonly tolerance: number;
  } | null;
  readonly films: readonly MeasuredFilm[];
};

export const sendToReadingInput = z.object({
  images: z.array(z.number().int().positive()).min(1, "Choose at least one image.").max(2_000),
  /** Name of the worklist: filled further when it is there, made when not. */
  worklist: z.string().trim().min(1, "Name the worklist.").max(120),
});
export type SendToReadingInput = z.input<typeof sendToReadingInput>;

export const scoresInput = runReference.extend({ part: z.enum(parts).default("test") });

type MeasuredCurve = { readonly curve: readonly number[]; readonly area: number };

/** Probability of the explained class over the share of pixels changed, in equal steps. */
export type CurveComparison = {
  readonly map: MeasuredCurve;
  readonly random: MeasuredCurve;
  /** Mean area of the map's order minus that of the random one, with its 95% interval over the images. */
  readonly difference: { readonly value: number; readonly low: number | null; readonly high: number | null };
};

export type SaliencyWorth = {
  readonly images: number;
  readonly deletion: CurveComparison;
  readonly insertion: CurveComparison;
};
