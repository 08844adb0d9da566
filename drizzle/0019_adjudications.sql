CREATE TABLE "adjudication_leases" (
	"item_id" bigint PRIMARY KEY NOT NULL,
	"adjudicator_id" bigint NOT NULL,
	"lease_expires_at" timestamp with time zone NOT NULL,
	"draft" jsonb
);
--> statement-breakpoint
ALTER TABLE "studies" ADD COLUMN "reads_differ" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "adjudication_leases" ADD CONSTRAINT "adjudication_leases_item_id_worklist_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."worklist_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adjudication_leases" ADD CONSTRAINT "adjudication_leases_adjudicator_id_users_id_fk" FOREIGN KEY ("adjudicator_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "studies_reads_differ" ON "studies" USING btree ("id") WHERE "studies"."reads_differ";--> statement-breakpoint
CREATE INDEX "reads_adjudicated" ON "reads" USING btree ("reader_id") WHERE "reads"."current" and "reads"."kind" = 'adjudication';
--> statement-breakpoint
-- Brings studies' current labels, and those of their images, up to the reads that stand: adjudicated, else
-- consensus, else the only read, else the source (each image its own). The caller holds the studies' row locks,
-- taken in an earlier statement. A study whose reads differ and were not decided between is marked.
CREATE OR REPLACE FUNCTION settle_labels(study_ids bigint[])
RETURNS TABLE (study_id bigint, labels text, origin text) LANGUAGE sql AS $$
  WITH standing AS (
    SELECT r.study_id, array_agg(r.labels ORDER BY r.id) FILTER (WHERE r.kind = 'read') AS reads,
      -- Shorter labels say nothing of the findings behind their end.
      count(DISTINCT rpad(r.labels, 64, '.')) FILTER (WHERE r.kind = 'read') > 1
        AND NOT bool_or(r.kind = 'adjudication') AS differ,
      (array_agg(r.labels ORDER BY r.id DESC) FILTER (WHERE r.kind = 'adjudication'))[1] AS adjudicated
    FROM reads r WHERE r.study_id = ANY (study_ids) AND r.current AND NOT r.withdrawn GROUP BY r.study_id
  ), judged AS (
    SELECT s.id, s.source_labels, t.reads, t.adjudicated, coalesce(t.differ, false) AS differ, coalesce(cardinality(t.reads), 0) AS read_count,
      CASE WHEN t.adjudicated IS NOT NULL THEN 'adjudicated' WHEN t.reads IS NULL THEN 'source'
        WHEN cardinality(t.reads) = 1 THEN 'read' ELSE 'consensus' END AS origin
    FROM studies s LEFT JOIN standing t ON t.study_id = s.id WHERE s.id = ANY (study_ids)
  ), settled AS (
    SELECT id, origin, read_count, differ, CASE origin
      WHEN 'adjudicated' THEN adjudicated
      WHEN 'source' THEN source_labels
      WHEN 'read' THEN reads[1]
      ELSE consensus_labels(reads, (SELECT count(*)::integer FROM findings)) END AS labels
    FROM judged
  ), of_studies AS (
    UPDATE studies s SET current_labels = t.labels, label_origin = t.origin, read_count = t.read_count,
      reads_differ = t.differ
    FROM settled t WHERE s.id = t.id
  ), of_images AS (
    UPDATE images i SET labels = CASE t.origin WHEN 'source' THEN i.source_labels ELSE t.labels END,
      read_state = CASE t.origin WHEN 'source' THEN 'unread' WHEN 'adjudicated' THEN 'adjudicated' ELSE 'read' END
    FROM settled t WHERE i.study_id = t.id
  )
  SELECT id, labels, origin FROM settled
$$;
--> statement-breakpoint
-- Whoever decided between the readers of a study reads it for no worklist.
CREATE OR REPLACE FUNCTION was_dealt_with(item bigint, by_reader bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM assignments a
    WHERE a.item_id = item AND a.reader_id = by_reader AND a.status IN ('leased', 'submitted', 'skipped'))
  OR EXISTS (SELECT FROM worklist_items i JOIN reads r ON r.study_id = i.study_id
    WHERE i.id = item AND r.reader_id = by_reader AND r.kind = 'adjudication' AND r.current AND NOT r.withdrawn)
$$;
--> statement-breakpoint
-- Studies that were read twice before there was adjudication.
UPDATE studies s SET reads_differ = true WHERE s.read_count > 1 AND s.label_origin = 'consensus' AND (
  SELECT count(DISTINCT rpad(r.labels, 64, '.')) FROM reads r
  WHERE r.study_id = s.id AND r.current AND NOT r.withdrawn AND r.kind = 'read'
) > 1;
