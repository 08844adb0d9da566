import { desc } from "drizzle-orm";
import { z } from "zod";
import { recordAudit } from "@/server/audit/record";
import { type Actor, may } from "@/server/auth/actor";
import { query } from "@/server/auth/command";
import type { Database } from "@/server/db/client";
import { splits } from "@/server/db/schema";
import { ExpectedFailure, ok } from "@/server/lib/errors";
import { countSelection } from "./counts";
import { readPage, readPageKeys } from "./page";
import {
  type BrowseCounts,
  type ImagePage,
  imageFilters,
  pageInput,
  pageSize,
  type SortOrder,
  sortOrders,
} from "./schema";
import { selectionOf } from "./selection";

/**
 * One page of images and how many each filter value leaves. Leaves one audit row with the page's ids.
 * Errors: `invalid` for an unknown finding, `not-found` for an unknown dataset or split, `forbidden` for a
 * filter by what the role does not see.
 * @example await browseImages(actor, { filters: { findings: [{ finding: "Pneumonia", states: ["uncertain"] }] } })
 */
export const browseImages = query({
  name: "images.browse",
  permission: "images.view",
  input: pageInput,
  async run({ db, actor, input }) {
    mayBeSortedBy(actor, input.sort);
    const selection = await selectionOf(db, actor, input.filters);
    const [counts, page] = await Promise.all([
      countSelection(db, selection, { labels: may(actor, "labels.view") }),
      readPage(db, actor, selection, input),
    ]);
    await noteListing(db, actor, page);
    return ok<BrowseCounts & ImagePage>({ ...counts, ...page });
  },
});

/** The page alone: scrolling on, where the counts are known. Errors as `browseImages`; one audit row. */
export const listImages = query({
  name: "images.list",
  permission: "images.view",
  input: pageInput,
  async run({ db, actor, input }) {
    mayBeSortedBy(actor, input.sort);
    const selection = await selectionOf(db, actor, input.filters);
    const page = await readPage(db, actor, selection, input);
    await noteListing(db, actor, page);
    return ok(page);
  },
});

/** The counts alone. Errors as `browseImages`. */
export const countImages = query({
  name: "images.count",
  permission: "images.view",
  input: z.object({ filters: imageFilters.prefault({}) }),
  async run({ db, actor, input }) {
    const selection = await selectionOf(db, actor, input.filters);
    return ok(await countSelection(db, selection, { labels: may(actor, "labels.view") }));
  },
});

/** Where the pages of a long list begin, so that it can be entered anywhere. Errors as `browseImages`. */
export const imagePageKeys = query({
  name: "images.page-keys",
  permission: "images.view",
  input: z.object({ filters: imageFilters.prefault({}), sort: z.enum(sortOrders).default("id") }),
  async run({ db, actor, input }) {
    mayBeSortedBy(actor, input.sort);
    const selection = await selectionOf(db, actor, input.filters);
    return ok({ size: pageSize, keys: await readPageKeys(db, selection, input.sort, pageSize) });
  },
});

/** Splits to filter by, newest first; null for who may not see splits. */
export const browseChoices = query({
  name: "images.choices",
  permission: "images.view",
  input: z.object({}),
  async run({ db, actor }) {
    const rows = may(actor, "splits.view")
      ? await db.select({ id: splits.id, name: splits.name }).from(splits).orderBy(desc(splits.id)).limit(200)
      : null;
    return ok({ splits: rows });
  },
});

/** The order would tell a reader what the labels are not to tell. */
function mayBeSortedBy(actor: Actor, sort: SortOrder): void {
  if (sort !== "uncertain" || may(actor, "labels.view")) return;
  throw new ExpectedFailure("forbidden", "Your role browses without labels, so that reads stay blind.");
}

/** Thumbnails are looked at by the page: one row says which images a person had before her. */
async function noteListing(db: Database, actor: Actor, page: ImagePage): Promise<void> {
  if (page.rows.length === 0) return;
  const ids = page.rows.map((row) => row.id);
  await recordAudit(db, actor, [{ action: "images.listed", detail: { ids } }]);
}
