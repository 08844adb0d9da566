CREATE TABLE "sweep_trials" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sweep_trials_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"sweep_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"round" smallint DEFAULT 0 NOT NULL,
	"parameters" jsonb NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"lease_token" uuid,
	"lease_expires_at" timestamp with time zone,
	"attempt" integer DEFAULT 0 NOT NULL,
	"curve" jsonb,
	"val_accuracy" double precision,
	"val_loss" double precision,
	"metrics" jsonb,
	"seconds" double precision,
	"error" text,
	"run_id" bigint,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sweeps" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sweeps_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"split_id" bigint NOT NULL,
	"network" text NOT NULL,
	"weights_id" bigint,
	"plan" text NOT NULL,
	"configuration" jsonb NOT NULL,
	"classes" jsonb NOT NULL,
	"dataset_versions" jsonb NOT NULL,
	"code_version" text NOT NULL,
	"status" text NOT NULL,
	"engine" jsonb,
	"lease_token" uuid,
	"lease_expires_at" timestamp with time zone,
	"progress" jsonb,
	"seconds" jsonb,
	"error" text,
	"idempotency_key" uuid,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "sweeps_idempotencyKey_unique" UNIQUE("idempotency_key")
);
--> statement-breakpoint
ALTER TABLE "sweep_trials" ADD CONSTRAINT "sweep_trials_sweep_id_sweeps_id_fk" FOREIGN KEY ("sweep_id") REFERENCES "public"."sweeps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sweep_trials" ADD CONSTRAINT "sweep_trials_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sweeps" ADD CONSTRAINT "sweeps_split_id_splits_id_fk" FOREIGN KEY ("split_id") REFERENCES "public"."splits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sweeps" ADD CONSTRAINT "sweeps_weights_id_weights_id_fk" FOREIGN KEY ("weights_id") REFERENCES "public"."weights"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "sweep_trials_number" ON "sweep_trials" USING btree ("sweep_id","number");--> statement-breakpoint
CREATE INDEX "sweep_trials_open" ON "sweep_trials" USING btree ("sweep_id","status","number");--> statement-breakpoint
CREATE INDEX "sweeps_status" ON "sweeps" USING btree ("status","id");