import type { DrawnFinding, Severities } from "../finding";
import type { PhantomSpec } from "../phantom";

type DemoSource = "chexpert" | "covid-chestxray-dataset";

/** One film to be: where it goes and what is drawn on it. */
export type PlannedFilm = {
  readonly source: DemoSource;
  /** As the source's own table writes it. */
  readonly path: string;
  /** Below the demo's folder. */
  readonly file: string;
  readonly patient: string;
  readonly study: string;
  readonly frontal: boolean;
  /** The cohort's class. */
  readonly group: "covid" | "non-covid";
  readonly spec: PhantomSpec;
  /** The path of the film that this one repeats pixel by pixel. */
  readonly copyOf?: string;
};

/** A label that says other than the film shows, planted for the label-error worklist to find. */
export type LabelError = {
  readonly source: DemoSource;
  readonly path: string;
  readonly patient: string;
  readonly finding: DrawnFinding;
  readonly labelled: "positive" | "negative";
  readonly drawn: boolean;
};

export type Drawn = { readonly source: DemoSource; readonly path: string; readonly findings: Severities };
