DROP INDEX "assignments_one_lease";--> statement-breakpoint
ALTER TABLE "assignments" ADD COLUMN "turn" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "assignments_in_hand" ON "assignments" USING btree ("worklist_id","reader_id","turn") WHERE "assignments"."status" = 'leased';--> statement-breakpoint
-- What a reader holds already is not given to her again, either.
CREATE OR REPLACE FUNCTION was_dealt_with(item bigint, by_reader bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM assignments a
    WHERE a.item_id = item AND a.reader_id = by_reader AND a.status IN ('leased', 'submitted', 'skipped'))
$$;
--> statement-breakpoint
DROP FUNCTION take_study(bigint, bigint, interval);
--> statement-breakpoint
-- The next study of an open worklist that is free for this reader, leased to her: a lease that ran out first, then
-- what was given back, then the list's own order from where she has come to. The caller holds her lock.
CREATE FUNCTION next_study(list worklists, for_reader bigint, lease interval)
RETURNS TABLE (item bigint, draft jsonb) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  next record;
  gone bigint;
  reached integer := 0;
  last_turn integer;
BEGIN
  SELECT i.id, i.position, a.id AS assignment INTO next
  FROM assignments a JOIN worklist_items i ON i.id = a.item_id
  WHERE a.worklist_id = list.id AND a.status = 'leased' AND a.lease_expires_at < now()
    AND a.reader_id <> for_reader AND NOT i.skipped AND NOT was_dealt_with(i.id, for_reader)
  ORDER BY i.position LIMIT 1 FOR UPDATE SKIP LOCKED;
  IF FOUND THEN
    gone := next.assignment;
    UPDATE assignments SET status = 'released', lease_expires_at = NULL WHERE id = gone;
  ELSE
    SELECT i.id, i.position INTO next FROM worklist_items i
    WHERE i.worklist_id = list.id AND i.open AND i.returned AND NOT was_dealt_with(i.id, for_reader)
    ORDER BY i.position LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
      -- With one read a study, what is open is not hers: no need to begin further down than the top.
      IF list.reads_wanted > 1 THEN
        SELECT coalesce(max(position), 0) INTO reached FROM assignments
        WHERE worklist_id = list.id AND reader_id = for_reader;
      END IF;
      SELECT i.id, i.position INTO next FROM worklist_items i
      WHERE i.worklist_id = list.id AND i.open AND i.position > reached
        AND NOT was_dealt_with(i.id, for_reader)
      ORDER BY i.position LIMIT 1 FOR UPDATE SKIP LOCKED;
      IF NOT FOUND THEN
        SELECT i.id, i.position INTO next FROM worklist_items i
        WHERE i.worklist_id = list.id AND i.open AND i.position <= reached
          AND NOT was_dealt_with(i.id, for_reader)
        ORDER BY i.position LIMIT 1 FOR UPDATE SKIP LOCKED;
        IF NOT FOUND THEN RETURN; END IF;
      END IF;
    END IF;
  END IF;

  -- The place of a lease that ran out goes from one reader to the other.
  UPDATE worklist_items i SET taken = i.taken + CASE WHEN gone IS NULL THEN 1 ELSE 0 END, returned = false
    WHERE i.id = next.id;
  SELECT coalesce(max(turn), 0) INTO last_turn FROM assignments
    WHERE worklist_id = list.id AND reader_id = for_reader AND status = 'leased';
  RETURN QUERY INSERT INTO assignments AS a
      (item_id, worklist_id, reader_id, position, status, lease_expires_at, turn)
    VALUES (next.id, list.id, for_reader, next.position, 'leased', now() + lease, last_turn + 1)
    ON CONFLICT (item_id, reader_id) DO UPDATE SET status = 'leased', finished_at = NULL, skip_reason = NULL,
      lease_expires_at = excluded.lease_expires_at, position = excluded.position, turn = excluded.turn
    RETURNING a.item_id, a.draft;
END $$;
--> statement-breakpoint
-- What a reader has in hand, in her order, filled up to `wanted` studies from what is free. While others read the
-- same list, she gets more than one only as long as enough is open for all: nobody runs dry for what lies ahead of
-- somebody else.
CREATE FUNCTION take_studies(of_worklist bigint, for_reader bigint, lease interval, wanted integer)
RETURNS TABLE (item bigint, draft jsonb, resumed boolean) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  list worklists;
  in_hand integer;
  others integer;
  enough boolean := true;
BEGIN
  -- Windows, double clicks and retries of one reader take turns.
  PERFORM pg_advisory_xact_lock(hashtextextended('reading', of_worklist * 1000003 + for_reader));
  UPDATE assignments SET lease_expires_at = now() + lease
    WHERE worklist_id = of_worklist AND reader_id = for_reader AND status = 'leased';
  RETURN QUERY SELECT a.item_id, a.draft, true FROM assignments a
    WHERE a.worklist_id = of_worklist AND a.reader_id = for_reader AND a.status = 'leased' ORDER BY a.turn, a.id;
  GET DIAGNOSTICS in_hand = ROW_COUNT;
  SELECT * INTO list FROM worklists WHERE id = of_worklist;
  IF list.status IS DISTINCT FROM 'open' THEN RETURN; END IF;
  IF wanted > 1 THEN
    SELECT count(DISTINCT reader_id) INTO others FROM assignments
      WHERE worklist_id = of_worklist AND status = 'leased' AND reader_id <> for_reader;
    enough := others = 0 OR wanted * (others + 1) <= (SELECT count(*) FROM (
      SELECT FROM worklist_items i WHERE i.worklist_id = of_worklist AND i.open LIMIT wanted * (others + 1)) o);
  END IF;
  WHILE in_hand < CASE WHEN enough THEN wanted ELSE 1 END LOOP
    RETURN QUERY SELECT n.item, n.draft, false FROM next_study(list, for_reader, lease) n;
    IF NOT FOUND THEN RETURN; END IF;
    in_hand := in_hand + 1;
  END LOOP;
END $$;
