CREATE TABLE "cohort_images" (
	"cohort_id" bigint NOT NULL,
	"image_id" bigint NOT NULL,
	"class_index" smallint NOT NULL,
	CONSTRAINT "cohort_images_cohort_id_image_id_pk" PRIMARY KEY("cohort_id","image_id")
);
--> statement-breakpoint
CREATE TABLE "cohorts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "cohorts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"source" text NOT NULL,
	"rule" jsonb NOT NULL,
	"label_set_id" bigint,
	"classes" jsonb NOT NULL,
	"images" integer NOT NULL,
	"patients" integer NOT NULL,
	"unmatched" jsonb NOT NULL,
	"dataset_versions" jsonb NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "cohorts_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "predictions" (
	"run_id" bigint NOT NULL,
	"image_id" bigint NOT NULL,
	"part" smallint NOT NULL,
	"class_index" smallint NOT NULL,
	"predicted_index" smallint NOT NULL,
	"probabilities" real[] NOT NULL,
	CONSTRAINT "predictions_run_id_image_id_pk" PRIMARY KEY("run_id","image_id")
);
--> statement-breakpoint
CREATE TABLE "run_epochs" (
	"run_id" bigint NOT NULL,
	"epoch" integer NOT NULL,
	"loss" double precision NOT NULL,
	"accuracy" double precision NOT NULL,
	"val_loss" double precision,
	"val_accuracy" double precision,
	"seconds" double precision NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "run_epochs_run_id_epoch_pk" PRIMARY KEY("run_id","epoch")
);
--> statement-breakpoint
CREATE TABLE "run_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "run_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"run_id" bigint NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"level" text NOT NULL,
	"line" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "runs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"split_id" bigint NOT NULL,
	"label_set_id" bigint,
	"network" text NOT NULL,
	"weights_id" bigint,
	"configuration" jsonb NOT NULL,
	"seed" integer NOT NULL,
	"classes" jsonb NOT NULL,
	"dataset_versions" jsonb NOT NULL,
	"code_version" text NOT NULL,
	"status" text NOT NULL,
	"engine" jsonb,
	"lease_token" uuid,
	"lease_expires_at" timestamp with time zone,
	"attempt" integer DEFAULT 0 NOT NULL,
	"cancel_requested_at" timestamp with time zone,
	"checkpoint_sha256" text,
	"checkpoint_epoch" integer,
	"progress" jsonb,
	"seconds" jsonb,
	"model_sha256" text,
	"metrics" jsonb,
	"error" text,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "saliency_maps" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "saliency_maps_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"run_id" bigint NOT NULL,
	"image_id" bigint NOT NULL,
	"method" text NOT NULL,
	"class_index" smallint NOT NULL,
	"height" smallint NOT NULL,
	"width" smallint NOT NULL,
	"object_sha256" text NOT NULL,
	"min" double precision NOT NULL,
	"max" double precision NOT NULL,
	"score" double precision NOT NULL,
	"probability" double precision NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "split_images" (
	"split_id" bigint NOT NULL,
	"image_id" bigint NOT NULL,
	"part" smallint NOT NULL,
	"class_index" smallint NOT NULL,
	CONSTRAINT "split_images_split_id_image_id_pk" PRIMARY KEY("split_id","image_id")
);
--> statement-breakpoint
CREATE TABLE "splits" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "splits_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"cohort_id" bigint NOT NULL,
	"strategy" text NOT NULL,
	"shares" jsonb NOT NULL,
	"seed" integer NOT NULL,
	"mended_from_id" bigint,
	"summary" jsonb NOT NULL,
	"audit" jsonb,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "splits_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "weights" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "weights_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"network" text NOT NULL,
	"format" text NOT NULL,
	"object_sha256" text NOT NULL,
	"parameters" integer NOT NULL,
	"preprocess" text NOT NULL,
	"missing" jsonb NOT NULL,
	"unused" jsonb NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "weights_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "workers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"host" text NOT NULL,
	"pid" integer NOT NULL,
	"engine" jsonb,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "datasets" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "datasets_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"format" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	CONSTRAINT "datasets_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "feature_rows" (
	"recipe" text NOT NULL,
	"view" smallint NOT NULL,
	"image_sha256" text NOT NULL,
	"shard_sha256" text NOT NULL,
	"row" integer NOT NULL,
	"width" integer NOT NULL,
	CONSTRAINT "feature_rows_recipe_view_image_sha256_pk" PRIMARY KEY("recipe","view","image_sha256")
);
--> statement-breakpoint
CREATE TABLE "findings" (
	"position" smallint PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"short_name" text NOT NULL,
	"key" text NOT NULL,
	"parent" smallint,
	"display_order" smallint NOT NULL,
	CONSTRAINT "findings_name_unique" UNIQUE("name"),
	CONSTRAINT "findings_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "image_objects" (
	"sha256" text PRIMARY KEY NOT NULL,
	"pixel_sha256" text NOT NULL,
	"media_type" text NOT NULL,
	"bytes" integer NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"channels" smallint NOT NULL,
	"bit_depth" smallint NOT NULL,
	"thumbnail_sha256" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "images" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "images_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"dataset_id" bigint NOT NULL,
	"patient_id" bigint NOT NULL,
	"study_id" bigint NOT NULL,
	"path" text NOT NULL,
	"view" text NOT NULL,
	"sex" text NOT NULL,
	"age" smallint,
	"source_labels" text NOT NULL,
	"labels" text NOT NULL,
	"read_state" text DEFAULT 'unread' NOT NULL,
	"object_sha256" text,
	"extra" jsonb,
	"row_hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "import_rejections" (
	"import_id" bigint NOT NULL,
	"line" integer NOT NULL,
	"path" text,
	"reason" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "imports_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"dataset_id" bigint,
	"dataset_name" text NOT NULL,
	"format" text NOT NULL,
	"source" text NOT NULL,
	"status" text NOT NULL,
	"started_by" text NOT NULL,
	"user_id" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"progress" jsonb,
	"result" jsonb,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "objects" (
	"sha256" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"bytes" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "patients" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "patients_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"dataset_id" bigint NOT NULL,
	"external_id" text NOT NULL,
	"placeholder" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "studies" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "studies_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"dataset_id" bigint NOT NULL,
	"patient_id" bigint NOT NULL,
	"external_id" text NOT NULL,
	"sequence" integer DEFAULT 0 NOT NULL,
	"day_offset" integer,
	"source_labels" text DEFAULT '' NOT NULL,
	"current_labels" text DEFAULT '' NOT NULL,
	"label_origin" text DEFAULT 'source' NOT NULL,
	"read_count" smallint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "assignments" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "assignments_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"item_id" bigint NOT NULL,
	"worklist_id" bigint NOT NULL,
	"reader_id" bigint NOT NULL,
	"status" text NOT NULL,
	"lease_expires_at" timestamp with time zone,
	"draft" jsonb,
	"skip_reason" text,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "label_set_images" (
	"label_set_id" bigint NOT NULL,
	"image_id" bigint NOT NULL,
	"labels" text NOT NULL,
	"origin" text NOT NULL,
	CONSTRAINT "label_set_images_label_set_id_image_id_pk" PRIMARY KEY("label_set_id","image_id")
);
--> statement-breakpoint
CREATE TABLE "label_sets" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "label_sets_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"rule" text NOT NULL,
	"studies" integer NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "label_sets_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "reads" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "reads_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"study_id" bigint NOT NULL,
	"reader_id" bigint NOT NULL,
	"worklist_id" bigint,
	"item_id" bigint,
	"revision" integer NOT NULL,
	"withdrawn" boolean DEFAULT false NOT NULL,
	"current" boolean DEFAULT true NOT NULL,
	"kind" text DEFAULT 'read' NOT NULL,
	"labels" text NOT NULL,
	"comment" text DEFAULT '' NOT NULL,
	"flagged" boolean DEFAULT false NOT NULL,
	"blind" boolean NOT NULL,
	"active_ms" integer DEFAULT 0 NOT NULL,
	"idempotency_key" uuid NOT NULL,
	"submitted_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "reads_idempotencyKey_unique" UNIQUE("idempotency_key")
);
--> statement-breakpoint
CREATE TABLE "worklist_items" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "worklist_items_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"worklist_id" bigint NOT NULL,
	"study_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"taken" smallint DEFAULT 0 NOT NULL,
	"reads_done" smallint DEFAULT 0 NOT NULL,
	"skipped" boolean DEFAULT false NOT NULL,
	"flagged" boolean DEFAULT false NOT NULL,
	"note" text
);
--> statement-breakpoint
CREATE TABLE "worklists" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "worklists_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"query" jsonb NOT NULL,
	"dataset_id" bigint,
	"reads_wanted" smallint DEFAULT 1 NOT NULL,
	"blind" boolean DEFAULT true NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "worklists_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "attempts" (
	"key" text PRIMARY KEY NOT NULL,
	"window_start" timestamp with time zone NOT NULL,
	"count" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" bigint PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"user_id" bigint,
	"action" text NOT NULL,
	"object_type" text,
	"object_id" text,
	"detail" jsonb NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "invitations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"token_hash" text NOT NULL,
	"email" text,
	"role" text NOT NULL,
	"invited_by" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"used_by" bigint,
	CONSTRAINT "invitations_tokenHash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id_hash" text PRIMARY KEY NOT NULL,
	"user_id" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"user_agent" text
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "users_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"password_hash" text,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"preferences" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "cohort_images" ADD CONSTRAINT "cohort_images_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cohort_images" ADD CONSTRAINT "cohort_images_image_id_images_id_fk" FOREIGN KEY ("image_id") REFERENCES "public"."images"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cohorts" ADD CONSTRAINT "cohorts_label_set_id_label_sets_id_fk" FOREIGN KEY ("label_set_id") REFERENCES "public"."label_sets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "predictions" ADD CONSTRAINT "predictions_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_epochs" ADD CONSTRAINT "run_epochs_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_log" ADD CONSTRAINT "run_log_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_split_id_splits_id_fk" FOREIGN KEY ("split_id") REFERENCES "public"."splits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_label_set_id_label_sets_id_fk" FOREIGN KEY ("label_set_id") REFERENCES "public"."label_sets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_weights_id_weights_id_fk" FOREIGN KEY ("weights_id") REFERENCES "public"."weights"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saliency_maps" ADD CONSTRAINT "saliency_maps_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "split_images" ADD CONSTRAINT "split_images_split_id_splits_id_fk" FOREIGN KEY ("split_id") REFERENCES "public"."splits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "splits" ADD CONSTRAINT "splits_cohort_id_cohorts_id_fk" FOREIGN KEY ("cohort_id") REFERENCES "public"."cohorts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "images" ADD CONSTRAINT "images_dataset_id_datasets_id_fk" FOREIGN KEY ("dataset_id") REFERENCES "public"."datasets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "images" ADD CONSTRAINT "images_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "images" ADD CONSTRAINT "images_study_id_studies_id_fk" FOREIGN KEY ("study_id") REFERENCES "public"."studies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "images" ADD CONSTRAINT "images_object_sha256_image_objects_sha256_fk" FOREIGN KEY ("object_sha256") REFERENCES "public"."image_objects"("sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rejections" ADD CONSTRAINT "import_rejections_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_dataset_id_datasets_id_fk" FOREIGN KEY ("dataset_id") REFERENCES "public"."datasets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_dataset_id_datasets_id_fk" FOREIGN KEY ("dataset_id") REFERENCES "public"."datasets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "studies" ADD CONSTRAINT "studies_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_item_id_worklist_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."worklist_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_reader_id_users_id_fk" FOREIGN KEY ("reader_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "label_set_images" ADD CONSTRAINT "label_set_images_label_set_id_label_sets_id_fk" FOREIGN KEY ("label_set_id") REFERENCES "public"."label_sets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reads" ADD CONSTRAINT "reads_study_id_studies_id_fk" FOREIGN KEY ("study_id") REFERENCES "public"."studies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reads" ADD CONSTRAINT "reads_reader_id_users_id_fk" FOREIGN KEY ("reader_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reads" ADD CONSTRAINT "reads_worklist_id_worklists_id_fk" FOREIGN KEY ("worklist_id") REFERENCES "public"."worklists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reads" ADD CONSTRAINT "reads_item_id_worklist_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."worklist_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "worklist_items" ADD CONSTRAINT "worklist_items_worklist_id_worklists_id_fk" FOREIGN KEY ("worklist_id") REFERENCES "public"."worklists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "worklist_items" ADD CONSTRAINT "worklist_items_study_id_studies_id_fk" FOREIGN KEY ("study_id") REFERENCES "public"."studies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "worklists" ADD CONSTRAINT "worklists_dataset_id_datasets_id_fk" FOREIGN KEY ("dataset_id") REFERENCES "public"."datasets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_users_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_used_by_users_id_fk" FOREIGN KEY ("used_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "predictions_image" ON "predictions" USING btree ("image_id");--> statement-breakpoint
CREATE INDEX "run_log_run" ON "run_log" USING btree ("run_id","id");--> statement-breakpoint
CREATE INDEX "runs_status" ON "runs" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "runs_split" ON "runs" USING btree ("split_id");--> statement-breakpoint
CREATE UNIQUE INDEX "saliency_maps_key" ON "saliency_maps" USING btree ("run_id","image_id","method","class_index");--> statement-breakpoint
CREATE INDEX "split_images_image" ON "split_images" USING btree ("image_id");--> statement-breakpoint
CREATE INDEX "image_objects_pixels" ON "image_objects" USING btree ("pixel_sha256");--> statement-breakpoint
CREATE UNIQUE INDEX "images_dataset_path" ON "images" USING btree ("dataset_id","path");--> statement-breakpoint
CREATE INDEX "images_dataset_page" ON "images" USING btree ("dataset_id","id");--> statement-breakpoint
CREATE INDEX "images_study" ON "images" USING btree ("study_id");--> statement-breakpoint
CREATE INDEX "images_patient" ON "images" USING btree ("patient_id");--> statement-breakpoint
CREATE INDEX "images_object" ON "images" USING btree ("object_sha256") WHERE "images"."object_sha256" is not null;--> statement-breakpoint
CREATE INDEX "import_rejections_import" ON "import_rejections" USING btree ("import_id","line");--> statement-breakpoint
CREATE UNIQUE INDEX "patients_dataset_external" ON "patients" USING btree ("dataset_id","external_id");--> statement-breakpoint
CREATE UNIQUE INDEX "studies_patient_external" ON "studies" USING btree ("patient_id","external_id");--> statement-breakpoint
CREATE INDEX "studies_dataset" ON "studies" USING btree ("dataset_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "assignments_item_reader" ON "assignments" USING btree ("item_id","reader_id");--> statement-breakpoint
CREATE INDEX "assignments_leases" ON "assignments" USING btree ("lease_expires_at") WHERE "assignments"."status" = 'leased';--> statement-breakpoint
CREATE INDEX "assignments_reader" ON "assignments" USING btree ("worklist_id","reader_id","status");--> statement-breakpoint
CREATE UNIQUE INDEX "reads_revision" ON "reads" USING btree ("study_id","reader_id","revision");--> statement-breakpoint
CREATE INDEX "reads_current" ON "reads" USING btree ("study_id") WHERE "reads"."current";--> statement-breakpoint
CREATE INDEX "reads_worklist" ON "reads" USING btree ("worklist_id","reader_id");--> statement-breakpoint
CREATE UNIQUE INDEX "worklist_items_study" ON "worklist_items" USING btree ("worklist_id","study_id");--> statement-breakpoint
CREATE INDEX "worklist_items_order" ON "worklist_items" USING btree ("worklist_id","position");--> statement-breakpoint
CREATE INDEX "worklist_items_by_study" ON "worklist_items" USING btree ("study_id");--> statement-breakpoint
CREATE INDEX "audit_log_object" ON "audit_log" USING btree ("object_type","object_id");--> statement-breakpoint
CREATE INDEX "audit_log_user" ON "audit_log" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_unique" ON "users" USING btree (lower("email"));