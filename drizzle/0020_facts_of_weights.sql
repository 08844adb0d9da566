ALTER TABLE "weights" ADD COLUMN "ends" text DEFAULT 'relu' NOT NULL;--> statement-breakpoint
ALTER TABLE "weights" ADD COLUMN "outputs" jsonb;