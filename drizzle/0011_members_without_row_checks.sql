ALTER TABLE "cohort_images" DROP CONSTRAINT "cohort_images_cohort_id_cohorts_id_fk";
--> statement-breakpoint
ALTER TABLE "split_images" DROP CONSTRAINT "split_images_split_id_splits_id_fk";
--> statement-breakpoint
ALTER TABLE "split_leaks" DROP CONSTRAINT "split_leaks_split_id_splits_id_fk";
