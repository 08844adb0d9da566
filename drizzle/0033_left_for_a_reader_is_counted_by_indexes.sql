DROP INDEX "worklist_items_open";--> statement-breakpoint
CREATE INDEX "assignments_dealt_with" ON "assignments" USING btree ("worklist_id","reader_id","item_id") WHERE "assignments"."status" in ('submitted', 'skipped');--> statement-breakpoint
CREATE INDEX "worklist_items_taken" ON "worklist_items" USING btree ("worklist_id","id") WHERE not "worklist_items"."open";--> statement-breakpoint
CREATE INDEX "worklist_items_open" ON "worklist_items" USING btree ("worklist_id","position","id") WHERE "worklist_items"."open";