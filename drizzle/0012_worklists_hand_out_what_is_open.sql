ALTER TABLE "label_set_images" DROP CONSTRAINT "label_set_images_label_set_id_label_sets_id_fk";
--> statement-breakpoint
ALTER TABLE "worklist_items" DROP CONSTRAINT "worklist_items_worklist_id_worklists_id_fk";
--> statement-breakpoint
ALTER TABLE "worklist_items" DROP CONSTRAINT "worklist_items_study_id_studies_id_fk";
--> statement-breakpoint
DROP INDEX "assignments_reader";--> statement-breakpoint
DROP INDEX "assignments_leases";--> statement-breakpoint
ALTER TABLE "assignments" ADD COLUMN "position" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "worklist_items" ADD COLUMN "reads_wanted" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "worklist_items" ADD COLUMN "returned" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "worklist_items" ADD COLUMN "open" boolean GENERATED ALWAYS AS (taken < reads_wanted and not skipped) STORED NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "assignments_one_lease" ON "assignments" USING btree ("worklist_id","reader_id") WHERE "assignments"."status" = 'leased';--> statement-breakpoint
CREATE INDEX "assignments_far" ON "assignments" USING btree ("worklist_id","reader_id","position");--> statement-breakpoint
CREATE INDEX "assignments_finished" ON "assignments" USING btree ("worklist_id","reader_id","finished_at");--> statement-breakpoint
CREATE INDEX "worklist_items_open" ON "worklist_items" USING btree ("worklist_id","position") WHERE "worklist_items"."open";--> statement-breakpoint
CREATE INDEX "worklist_items_returned" ON "worklist_items" USING btree ("worklist_id","position") WHERE "worklist_items"."open" and "worklist_items"."returned";--> statement-breakpoint
CREATE INDEX "worklist_items_skipped" ON "worklist_items" USING btree ("worklist_id","id") WHERE "worklist_items"."skipped";--> statement-breakpoint
CREATE INDEX "worklist_items_flagged" ON "worklist_items" USING btree ("worklist_id","id") WHERE "worklist_items"."flagged";--> statement-breakpoint
CREATE INDEX "assignments_leases" ON "assignments" USING btree ("worklist_id","lease_expires_at") WHERE "assignments"."status" = 'leased';--> statement-breakpoint
UPDATE "worklist_items" i SET "reads_wanted" = w."reads_wanted" FROM "worklists" w WHERE w."id" = i."worklist_id";
--> statement-breakpoint
UPDATE "assignments" a SET "position" = i."position" FROM "worklist_items" i WHERE i."id" = a."item_id";
