ALTER TABLE "findings" DROP CONSTRAINT "findings_name_unique";--> statement-breakpoint
ALTER TABLE "findings" DROP CONSTRAINT "findings_key_unique";--> statement-breakpoint
ALTER TABLE "findings" ALTER COLUMN "key" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "findings" ADD COLUMN "retired_at" timestamp with time zone;--> statement-breakpoint
CREATE UNIQUE INDEX "findings_name" ON "findings" USING btree (lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "findings_key" ON "findings" USING btree ("key") WHERE "findings"."retired_at" is null;