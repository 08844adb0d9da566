CREATE TABLE "checks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "checks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"cohort_id" bigint NOT NULL,
	"configuration" jsonb NOT NULL,
	"dataset_versions" jsonb NOT NULL,
	"key" text NOT NULL,
	"status" text NOT NULL,
	"progress" jsonb,
	"engine" jsonb,
	"code_version" text,
	"result" jsonb,
	"error" text,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "checks_key_unique" UNIQUE("key")
);
--> statement-breakpoint
ALTER TABLE "checks" ADD CONSTRAINT "checks_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "checks_cohort" ON "checks" USING btree ("cohort_id","kind","id");--> statement-breakpoint
CREATE INDEX "checks_status" ON "checks" USING btree ("status","id");