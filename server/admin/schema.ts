import { z } from "zod";

/** Work in the background, as the top bar and the overview show it. */
export type RunningJob = {
  readonly kind: "import" | "run" | "sweep";
  readonly id: number;
  /** "run 14", "import of chexpert", "sweep 3". */
  readonly label: string;
  readonly status: "queued" | "running";
  readonly phase: string | null;
  readonly done: number;
  readonly total: number;
  readonly secondsLeft: number | null;
  readonly href: string;
  /** Training loss by epoch, for a run. */
  readonly curve: readonly number[];
};

export type WaitingWorklist = {
  readonly id: number;
  readonly name: string;
  readonly studies: number;
  /** Studies with every read that they want. */
  readonly read: number;
  /** Studies that I can still read. */
  readonly leftForMe: number;
};

export type LeakySplit = {
  readonly id: number;
  readonly name: string;
  readonly leaked: number;
  readonly images: number;
  readonly runs: number;
};

export type FailedJob = {
  readonly kind: "import" | "run";
  readonly id: number;
  readonly label: string;
  readonly error: string;
  readonly at: Date;
  readonly href: string;
};

export type Result = {
  readonly kind: "run" | "labels" | "split" | "import";
  readonly id: number | string;
  readonly label: string;
  readonly detail: string;
  /** Test accuracy of a run, with its interval. */
  readonly metric: {
    readonly value: number | null;
    readonly low: number | null;
    readonly high: number | null;
  } | null;
  readonly at: Date;
  readonly href: string;
};

export type Overview = {
  readonly worklists: readonly WaitingWorklist[];
  readonly running: readonly RunningJob[];
  readonly leaky: readonly LeakySplit[];
  readonly failed: readonly FailedJob[];
  /** Films in quarantine, for who may decide about them; else 0. */
  readonly quarantined: number;
  /** Jobs are queued and no worker has been seen for 30 seconds. */
  readonly noWorker: boolean;
  readonly results: readonly Result[];
  /** What an installation has got to: decides whether the three first steps are shown. */
  readonly steps: { readonly datasets: boolean; readonly reads: boolean; readonly runs: boolean };
};

export const searchInput = z.object({ text: z.string().trim().min(1).max(120) });

export type Found = {
  readonly kind: "dataset" | "patient" | "worklist" | "split" | "cohort" | "run";
  readonly label: string;
  readonly detail: string;
  readonly href: string;
};

type WorkerFacts = {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  readonly engine: Readonly<Record<string, string>> | null;
  readonly startedAt: Date;
  readonly seenAt: Date;
};

export type Part = { readonly name: string; readonly ok: boolean; readonly detail: string };

export type SystemFacts = {
  readonly parts: readonly Part[];
  readonly workers: readonly WorkerFacts[];
  readonly versions: readonly { readonly name: string; readonly version: string }[];
  readonly counts: readonly { readonly name: string; readonly rows: number; readonly bytes: number }[];
};
