CREATE TABLE "worklist_readers" (
	"worklist_id" bigint NOT NULL,
	"user_id" bigint NOT NULL,
	CONSTRAINT "worklist_readers_worklist_id_user_id_pk" PRIMARY KEY("worklist_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "worklist_items" ADD COLUMN "known_labels" text;--> statement-breakpoint
ALTER TABLE "worklists" ADD COLUMN "priority" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "worklists" ADD COLUMN "due_on" date;--> statement-breakpoint
ALTER TABLE "worklist_readers" ADD CONSTRAINT "worklist_readers_worklist_id_worklists_id_fk" FOREIGN KEY ("worklist_id") REFERENCES "public"."worklists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "worklist_readers" ADD CONSTRAINT "worklist_readers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "worklist_items_known" ON "worklist_items" USING btree ("worklist_id") WHERE "worklist_items"."known_labels" is not null;--> statement-breakpoint
-- A known case is for nobody who has read it elsewhere: she would remember it, and her earlier read would be revised.
CREATE OR REPLACE FUNCTION was_dealt_with(item bigint, by_reader bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM assignments a
    WHERE a.item_id = item AND a.reader_id = by_reader AND a.status IN ('leased', 'submitted', 'skipped'))
  OR EXISTS (SELECT FROM worklist_items i JOIN reads r ON r.study_id = i.study_id
    WHERE i.id = item AND r.reader_id = by_reader AND r.current AND NOT r.withdrawn AND (r.kind = 'adjudication'
      OR (i.known_labels IS NOT NULL AND r.item_id IS DISTINCT FROM i.id)))
$$;
