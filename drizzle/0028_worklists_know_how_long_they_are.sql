ALTER TABLE "worklists" ADD COLUMN "studies" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "worklist_items_unread" ON "worklist_items" USING btree ("worklist_id") WHERE "worklist_items"."reads_done" < "worklist_items"."reads_wanted";--> statement-breakpoint
UPDATE worklists w SET studies = (SELECT count(*) FROM worklist_items i WHERE i.worklist_id = w.id);
