ALTER TABLE "runs" ADD COLUMN "idempotency_key" uuid;--> statement-breakpoint
CREATE INDEX "predictions_errors" ON "predictions" USING btree ("run_id","part","image_id") WHERE "predictions"."class_index" <> "predictions"."predicted_index";--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_idempotencyKey_unique" UNIQUE("idempotency_key");