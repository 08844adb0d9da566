ALTER TABLE "reads" ADD COLUMN "regions" jsonb DEFAULT '[]'::jsonb NOT NULL;
--> statement-breakpoint
DROP FUNCTION insert_read(bigint, boolean, uuid, text, text, boolean, integer);
--> statement-breakpoint
-- Puts a read down: its revision, the reader's assignment, the item's counts, the study's labels. No row where
-- the key was used before. The caller holds the locks of assignment, item and study, and has seen that the
-- reader may.
CREATE OR REPLACE FUNCTION insert_read(of_assignment bigint, place_kept boolean, with_key uuid, with_labels text,
  with_comment text, with_flag boolean, with_active_ms integer, with_regions jsonb)
RETURNS TABLE (read_id bigint, revision integer, labels text, origin text) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  held record;
  earlier record;
  made record;
BEGIN
  IF EXISTS (SELECT FROM reads WHERE idempotency_key = with_key) THEN RETURN; END IF;
  SELECT a.item_id, a.reader_id, a.worklist_id, i.study_id, w.blind INTO held
    FROM assignments a JOIN worklist_items i ON i.id = a.item_id JOIN worklists w ON w.id = a.worklist_id
    WHERE a.id = of_assignment;
  UPDATE reads SET current = false
    WHERE study_id = held.study_id AND reader_id = held.reader_id AND current
    RETURNING revision, item_id INTO earlier;
  INSERT INTO reads AS r (study_id, reader_id, worklist_id, item_id, revision, labels, comment, flagged, blind,
      active_ms, idempotency_key, regions)
    VALUES (held.study_id, held.reader_id, held.worklist_id, held.item_id, coalesce(earlier.revision, 0) + 1,
      with_labels, with_comment, with_flag,
      -- Who took this very read back has seen what was revealed after it.
      held.blind AND earlier.item_id IS DISTINCT FROM held.item_id, with_active_ms, with_key, with_regions)
    RETURNING r.id, r.revision INTO made;
  UPDATE assignments SET status = 'submitted', lease_expires_at = NULL, draft = NULL, finished_at = now()
    WHERE id = of_assignment;
  UPDATE worklist_items i SET reads_done = i.reads_done + 1, flagged = i.flagged OR with_flag,
      taken = i.taken + CASE WHEN place_kept THEN 0 ELSE 1 END
    WHERE i.id = held.item_id;
  RETURN QUERY SELECT made.id, made.revision, s.labels, s.origin
    FROM settle_labels(ARRAY[held.study_id]) s;
END $$;
