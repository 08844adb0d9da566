CREATE TABLE "feature_shards" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "feature_shards_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"recipe" text NOT NULL,
	"work" jsonb NOT NULL,
	"rows" integer NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"lease_token" uuid,
	"lease_expires_at" timestamp with time zone,
	"attempt" integer DEFAULT 0 NOT NULL,
	"error" text,
	"wanted_until" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "feature_shards_open" ON "feature_shards" USING btree ("recipe","status","id");