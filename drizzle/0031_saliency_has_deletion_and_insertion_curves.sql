CREATE TABLE "saliency_curves" (
	"run_id" bigint NOT NULL,
	"image_id" bigint NOT NULL,
	"method" text NOT NULL,
	"class_index" smallint NOT NULL,
	"deletion" real[] NOT NULL,
	"insertion" real[] NOT NULL,
	"random_deletion" real[] NOT NULL,
	"random_insertion" real[] NOT NULL,
	CONSTRAINT "saliency_curves_run_id_method_image_id_pk" PRIMARY KEY("run_id","method","image_id")
);
--> statement-breakpoint
ALTER TABLE "saliency_curves" ADD CONSTRAINT "saliency_curves_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE no action ON UPDATE no action;