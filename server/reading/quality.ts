import { sql } from "drizzle-orm";
import { query } from "@/server/auth/command";
import { offered, vocabulary } from "@/server/labels/vocabulary";
import { ok } from "@/server/lib/errors";
import { findWorklist } from "./find";
import { type KnownRead, qualityScore, type ReaderQuality } from "./quality-rules";
import { worklistReference } from "./schema";

type Row = KnownRead & { reader: string; name: string };

/**
 * How each reader did on the known cases that are mixed into a worklist; `known` is null where none are. Only reads
 * of this worklist that stand count. Not for readers: it would tell which cases are known. Errors: not-found.
 */
export const worklistQuality = query({
  name: "worklist.quality",
  permission: "worklists.manage",
  input: worklistReference,
  async run({ db, input }) {
    const found = await findWorklist(db, input.worklist);
    if (!found.ok) return found;
    const { id } = found.value;
    const [[mixed], rows, findings] = await Promise.all([
      db.execute<{ known: number }>(sql`
        select count(*)::int as known from worklist_items where worklist_id = ${id} and known_labels is not null`),
      db.execute<Row>(sql`
        select u.email as reader, u.name, r.labels as said, i.known_labels as known
        from worklist_items i join reads r on r.item_id = i.id and r.current and not r.withdrawn and r.kind = 'read'
        join users u on u.id = r.reader_id
        where i.worklist_id = ${id} and i.known_labels is not null`),
      vocabulary(db),
    ]);
    const positions = offered(findings).map(({ position }) => position);
    const byReader = Map.groupBy(rows, ({ reader }) => reader);
    const readers = [...byReader.values()].flatMap((own): ReaderQuality[] => {
      const [first] = own;
      return first ? [{ reader: first.reader, name: first.name, ...qualityScore(own, positions) }] : [];
    });
    return ok({
      known: mixed?.known ? mixed.known : null,
      readers: readers.sort((a, b) => b.cases - a.cases || a.reader.localeCompare(b.reader)),
    });
  },
});
