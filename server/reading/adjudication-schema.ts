import { z } from "zod";
import { packedLabelsPattern } from "@/server/labels/states";
import { type Region, type RoomStudy, regions } from "./schema";

const id = z.int().positive();
const packed = z.string().regex(packedLabelsPattern, "Labels are written with + - ? and a full stop.");
const comment = z.string().max(4000, "A comment has at most 4,000 characters.").default("");
/** Positions of the findings that the adjudicator has settled. */
const settled = z.array(z.int().min(0).max(63)).max(64);

export const takeCaseInput = z.object({
  worklist: id,
  /** This case and no other. */
  item: id.optional(),
  /** Leaves the case at this place of the worklist for later and goes on behind it. */
  after: z.int().min(0).optional(),
});
export const caseInput = z.object({
  item: id,
  draft: z.object({ labels: packed, comment, settled, regions }).optional(),
});
export const adjudicateInput = z.object({
  item: id,
  /** The same key sent twice does it once. */
  key: z.uuid(),
  labels: packed,
  comment,
  /** Kept of what the readers drew, or drawn by the adjudicator. */
  regions,
  /** The reads that were looked at: others that came since are looked at first. */
  reads: z.array(id).min(2).max(100),
  /** Time with the films up and somebody at the keys. */
  activeMs: z.int().min(0).max(86_400_000).default(0),
  /** The adjudicator was asked about the contradictions and means them. */
  confirmed: z.boolean().default(false),
});
export type AdjudicateInput = z.input<typeof adjudicateInput>;
export const undoAdjudicationInput = z.object({ worklist: id });

export type CaseDraft = {
  readonly labels: string;
  readonly comment: string;
  readonly settled: readonly number[];
  /** Absent in drafts from before an adjudicator had regions. */
  readonly regions?: readonly Region[];
};

/** What one reader said. */
export type CaseRead = {
  readonly id: number;
  /** Null where the worklist is blind: a side is taken for what it says. */
  readonly reader: string | null;
  readonly labels: string;
  readonly comment: string;
  readonly regions: readonly Region[];
};

/** A study whose readers disagree, in one adjudicator's hands. */
export type AdjudicationCase = {
  readonly position: number;
  readonly study: RoomStudy;
  readonly reads: readonly CaseRead[];
  readonly draft: CaseDraft | null;
};

export type CaseCounts = {
  /** Cases that this person can still settle, the one in hand among them. */
  readonly left: number;
  /** Those that another adjudicator has in hand. */
  readonly elsewhere: number;
  /** Those that this person has read and so can't adjudicate. */
  readonly own: number;
};

export type CaseTaken = CaseCounts & {
  readonly taken: AdjudicationCase | null;
  /** Films of the case that is likely next. */
  readonly upcoming: readonly number[];
};

export type Adjudicated = {
  readonly item: number;
  readonly labels: string;
  /** True when this very decision was there already. */
  readonly repeated: boolean;
};
