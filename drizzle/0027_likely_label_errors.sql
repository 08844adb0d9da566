CREATE TABLE "check_predictions" (
	"check_id" bigint NOT NULL,
	"image_id" bigint NOT NULL,
	"class_index" smallint NOT NULL,
	"probabilities" real[] NOT NULL,
	CONSTRAINT "check_predictions_check_id_image_id_pk" PRIMARY KEY("check_id","image_id")
);
--> statement-breakpoint
ALTER TABLE "worklist_items" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "check_predictions" ADD CONSTRAINT "check_predictions_check_id_checks_id_fk" FOREIGN KEY ("check_id") REFERENCES "public"."checks"("id") ON DELETE no action ON UPDATE no action;