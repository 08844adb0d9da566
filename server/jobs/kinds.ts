import type { saliencyMaps } from "@/server/db/schema";

/** The kinds of work that leave the web process, with what each one's message carries. */
export type JobKinds = {
  import: { readonly importId: number };
  train: { readonly runId: number };
  /** Calls a worker that is free to help with features that somebody waits for. */
  extract: { readonly recipe: string };
  /** Each of a sweep's jobs brings one worker to it; whoever comes when it is over does nothing. */
  sweep: { readonly sweepId: number };
  /** What is measured on a whole cohort. */
  check: { readonly checkId: number };
  /** Saliency maps of a finished run: of one image, or of the test images that have none. */
  explain: {
    readonly runId: number;
    readonly imageId?: number;
    readonly method?: typeof saliencyMaps.$inferSelect.method;
  };
};
export type JobKind = keyof JobKinds;

type QueueSettings = {
  readonly heartbeatSeconds: number;
  readonly expireInSeconds: number;
  readonly retryLimit: number;
  readonly retryDelay: number;
};

/** pg-boss takes no longer. A run that goes on holds its own lease, so the job sent anew just steps back. */
const longestHours = 23;

/** A worker that stops beating for `heartbeatSeconds` is taken for dead and its job goes to another. */
export const jobQueues: { readonly [Kind in JobKind]: QueueSettings } = {
  import: { heartbeatSeconds: 60, expireInSeconds: 6 * 3600, retryLimit: 2, retryDelay: 1 },
  train: { heartbeatSeconds: 60, expireInSeconds: longestHours * 3600, retryLimit: 100, retryDelay: 1 },
  sweep: { heartbeatSeconds: 60, expireInSeconds: longestHours * 3600, retryLimit: 100, retryDelay: 1 },
  check: { heartbeatSeconds: 60, expireInSeconds: 6 * 3600, retryLimit: 5, retryDelay: 1 },
  extract: { heartbeatSeconds: 60, expireInSeconds: longestHours * 3600, retryLimit: 3, retryDelay: 1 },
  explain: { heartbeatSeconds: 60, expireInSeconds: 6 * 3600, retryLimit: 3, retryDelay: 5 },
};
