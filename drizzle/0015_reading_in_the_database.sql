-- Twenty readers press Enter at once: what happens then is planned once per connection, not once per read.
--
-- What two or more reads of a study agree on, per finding: what more than half of them say; failing that,
-- negative where no read says positive or uncertain, else uncertain. server/labels/rules.ts says it in words.
CREATE OR REPLACE FUNCTION consensus_labels(reads text[], findings integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(string_agg(state, '' ORDER BY position), '') FROM (
    SELECT position, CASE
      WHEN 2 * max(says) > sum(says) THEN (array_agg(state ORDER BY says DESC))[1]
      WHEN bool_or(state IN ('+', '?')) THEN '?'
      ELSE '-' END AS state
    FROM (
      SELECT position, coalesce(nullif(substr(read, position, 1), ''), '.') AS state, count(*) AS says
      FROM unnest(reads) AS read, generate_series(1, findings) AS position
      GROUP BY 1, 2
    ) AS said
    GROUP BY position
  ) AS agreed
$$;
--> statement-breakpoint
-- Brings studies' current labels, and those of their images, up to the reads that stand: adjudicated, else
-- consensus, else the only read, else the source (each image its own). The caller holds the studies' row locks,
-- taken in an earlier statement.
CREATE OR REPLACE FUNCTION settle_labels(study_ids bigint[])
RETURNS TABLE (study_id bigint, labels text, origin text) LANGUAGE sql AS $$
  WITH standing AS (
    SELECT r.study_id, array_agg(r.labels ORDER BY r.id) FILTER (WHERE r.kind = 'read') AS reads,
      (array_agg(r.labels ORDER BY r.id DESC) FILTER (WHERE r.kind = 'adjudication'))[1] AS adjudicated
    FROM reads r WHERE r.study_id = ANY (study_ids) AND r.current AND NOT r.withdrawn GROUP BY r.study_id
  ), judged AS (
    SELECT s.id, s.source_labels, t.reads, t.adjudicated, coalesce(cardinality(t.reads), 0) AS read_count,
      CASE WHEN t.adjudicated IS NOT NULL THEN 'adjudicated' WHEN t.reads IS NULL THEN 'source'
        WHEN cardinality(t.reads) = 1 THEN 'read' ELSE 'consensus' END AS origin
    FROM studies s LEFT JOIN standing t ON t.study_id = s.id WHERE s.id = ANY (study_ids)
  ), settled AS (
    SELECT id, origin, read_count, CASE origin
      WHEN 'adjudicated' THEN adjudicated
      WHEN 'source' THEN source_labels
      WHEN 'read' THEN reads[1]
      ELSE consensus_labels(reads, (SELECT count(*)::integer FROM findings)) END AS labels
    FROM judged
  ), of_studies AS (
    UPDATE studies s SET current_labels = t.labels, label_origin = t.origin, read_count = t.read_count
    FROM settled t WHERE s.id = t.id
  ), of_images AS (
    UPDATE images i SET labels = CASE t.origin WHEN 'source' THEN i.source_labels ELSE t.labels END,
      read_state = CASE t.origin WHEN 'source' THEN 'unread' WHEN 'adjudicated' THEN 'adjudicated' ELSE 'read' END
    FROM settled t WHERE i.study_id = t.id
  )
  SELECT id, labels, origin FROM settled
$$;
--> statement-breakpoint
-- The reader's study in a worklist: the one that is hers already, else the next. First a lease of another that
-- ran out, then what was given back, then the list from where this reader stands, then what she passed. Studies
-- that others are being given at this moment are stepped over. No row when nothing is left for her.
CREATE OR REPLACE FUNCTION take_study(of_worklist bigint, for_reader bigint, lease interval)
RETURNS TABLE (item bigint, draft jsonb, resumed boolean) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  list worklists;
  next record;
  gone bigint;
  reached integer := 0;
BEGIN
  -- Windows, double clicks and retries of one reader take turns.
  PERFORM pg_advisory_xact_lock(hashtextextended('reading', of_worklist * 1000003 + for_reader));
  RETURN QUERY UPDATE assignments SET lease_expires_at = now() + lease
    WHERE worklist_id = of_worklist AND reader_id = for_reader AND status = 'leased'
    RETURNING item_id, assignments.draft, true;
  IF FOUND THEN RETURN; END IF;
  SELECT * INTO list FROM worklists WHERE id = of_worklist;
  IF list.status IS DISTINCT FROM 'open' THEN RETURN; END IF;

  SELECT i.id, i.position, a.id AS assignment INTO next
  FROM assignments a JOIN worklist_items i ON i.id = a.item_id
  WHERE a.worklist_id = of_worklist AND a.status = 'leased' AND a.lease_expires_at < now()
    AND a.reader_id <> for_reader AND NOT i.skipped AND NOT was_dealt_with(i.id, for_reader)
  ORDER BY i.position LIMIT 1 FOR UPDATE SKIP LOCKED;
  IF FOUND THEN
    gone := next.assignment;
    UPDATE assignments SET status = 'released', lease_expires_at = NULL WHERE id = gone;
  ELSE
    SELECT i.id, i.position INTO next FROM worklist_items i
    WHERE i.worklist_id = of_worklist AND i.open AND i.returned AND NOT was_dealt_with(i.id, for_reader)
    ORDER BY i.position LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
      -- With one read a study, what is open is not hers: no need to begin further down than the top.
      IF list.reads_wanted > 1 THEN
        SELECT coalesce(max(position), 0) INTO reached FROM assignments
        WHERE worklist_id = of_worklist AND reader_id = for_reader;
      END IF;
      SELECT i.id, i.position INTO next FROM worklist_items i
      WHERE i.worklist_id = of_worklist AND i.open AND i.position > reached
        AND NOT was_dealt_with(i.id, for_reader)
      ORDER BY i.position LIMIT 1 FOR UPDATE SKIP LOCKED;
      IF NOT FOUND THEN
        SELECT i.id, i.position INTO next FROM worklist_items i
        WHERE i.worklist_id = of_worklist AND i.open AND i.position <= reached
          AND NOT was_dealt_with(i.id, for_reader)
        ORDER BY i.position LIMIT 1 FOR UPDATE SKIP LOCKED;
        IF NOT FOUND THEN RETURN; END IF;
      END IF;
    END IF;
  END IF;

  -- The place of a lease that ran out goes from one reader to the other.
  UPDATE worklist_items i SET taken = i.taken + CASE WHEN gone IS NULL THEN 1 ELSE 0 END, returned = false
    WHERE i.id = next.id;
  RETURN QUERY INSERT INTO assignments AS a
      (item_id, worklist_id, reader_id, position, status, lease_expires_at)
    VALUES (next.id, of_worklist, for_reader, next.position, 'leased', now() + lease)
    ON CONFLICT (item_id, reader_id) DO UPDATE SET status = 'leased', finished_at = NULL, skip_reason = NULL,
      lease_expires_at = excluded.lease_expires_at, position = excluded.position
    RETURNING a.item_id, a.draft, false;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION was_dealt_with(item bigint, by_reader bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM assignments a
    WHERE a.item_id = item AND a.reader_id = by_reader AND a.status IN ('submitted', 'skipped'))
$$;
--> statement-breakpoint
-- Puts a read down: its revision, the reader's assignment, the item's counts, the study's labels. No row where
-- the key was used before. The caller holds the locks of assignment, item and study, and has seen that the
-- reader may.
CREATE OR REPLACE FUNCTION insert_read(of_assignment bigint, place_kept boolean, with_key uuid, with_labels text,
  with_comment text, with_flag boolean, with_active_ms integer)
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
      active_ms, idempotency_key)
    VALUES (held.study_id, held.reader_id, held.worklist_id, held.item_id, coalesce(earlier.revision, 0) + 1,
      with_labels, with_comment, with_flag,
      -- Who took this very read back has seen what was revealed after it.
      held.blind AND earlier.item_id IS DISTINCT FROM held.item_id, with_active_ms, with_key)
    RETURNING r.id, r.revision INTO made;
  UPDATE assignments SET status = 'submitted', lease_expires_at = NULL, draft = NULL, finished_at = now()
    WHERE id = of_assignment;
  UPDATE worklist_items i SET reads_done = i.reads_done + 1, flagged = i.flagged OR with_flag,
      taken = i.taken + CASE WHEN place_kept THEN 0 ELSE 1 END
    WHERE i.id = held.item_id;
  RETURN QUERY SELECT made.id, made.revision, s.labels, s.origin
    FROM settle_labels(ARRAY[held.study_id]) s;
END $$;
