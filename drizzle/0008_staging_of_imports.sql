CREATE UNLOGGED TABLE "import_rows" (
	"import_id" bigint NOT NULL,
	"line" integer NOT NULL,
	"path" text NOT NULL,
	"patient" text NOT NULL,
	"placeholder" boolean NOT NULL,
	"study" text NOT NULL,
	"sequence" integer NOT NULL,
	"day_offset" integer,
	"view" text NOT NULL,
	"sex" text NOT NULL,
	"age" smallint,
	"labels" text NOT NULL,
	"object_sha256" text,
	"extra" jsonb,
	"row_hash" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "import_rows_import" ON "import_rows" USING btree ("import_id");
