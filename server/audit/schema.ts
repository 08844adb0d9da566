import { z } from "zod";

const text = z.string().trim().min(1).max(300).optional();

/** Filters of the trail; each narrows. Paged by id, newest first. */
export const auditFilter = z.object({
  /** Exact, `image.viewed`, or everything of a noun, `image.`. */
  action: text,
  /** As the trail writes who did it: an address, `cli:name`, `system:part`. */
  actor: text,
  objectType: text,
  objectId: text,
  /** Rows older than this id. */
  before: z.number().int().positive().optional(),
  limit: z.number().int().min(1).max(500).default(100),
});

export type AuditRow = {
  readonly id: number;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly objectType: string | null;
  readonly objectId: string | null;
  readonly detail: Record<string, unknown>;
};

/** What verifying found: the whole chain holds, or the first row where it does not. */
export type TrailCheck =
  | { readonly ok: true; readonly rows: number; readonly head: string }
  | {
      readonly ok: false;
      /** Rows that hold, before the broken one. */
      readonly rows: number;
      readonly broken: { readonly id: number; readonly at: string; readonly reason: string };
    };

/** How far a check has come: rows that hold, and the hash of the last of them. */
export type TrailPlace = { readonly rows: number; readonly head: string };

/** One stretch of a check; `finished` when no row was left. */
export type TrailStep =
  | (TrailPlace & { readonly ok: true; readonly total: number; readonly finished: boolean })
  | Extract<TrailCheck, { ok: false }>;

export const trailPlace = z.object({
  rows: z.number().int().min(0),
  head: z.string().regex(/^[0-9a-f]{64}$/),
});
