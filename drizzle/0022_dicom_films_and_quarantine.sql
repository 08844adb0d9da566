CREATE TABLE "pseudonym_key" (
	"id" smallint PRIMARY KEY NOT NULL,
	"fingerprint" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "quarantined_films" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "quarantined_films_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"import_id" bigint NOT NULL,
	"dataset_name" text NOT NULL,
	"path" text NOT NULL,
	"reason" text NOT NULL,
	"staged" jsonb NOT NULL,
	"state" text DEFAULT 'held' NOT NULL,
	"object_sha256" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decided_at" timestamp with time zone,
	"decided_by" text,
	"user_id" bigint
);
--> statement-breakpoint
ALTER TABLE "image_objects" ADD COLUMN "dicom_sha256" text;--> statement-breakpoint
ALTER TABLE "quarantined_films" ADD CONSTRAINT "quarantined_films_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quarantined_films" ADD CONSTRAINT "quarantined_films_object_sha256_image_objects_sha256_fk" FOREIGN KEY ("object_sha256") REFERENCES "public"."image_objects"("sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quarantined_films" ADD CONSTRAINT "quarantined_films_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "quarantined_films_dataset_path" ON "quarantined_films" USING btree ("dataset_name","path");