CREATE TABLE "split_leaks" (
	"split_id" bigint NOT NULL,
	"image_id" bigint NOT NULL,
	"train_image_id" bigint NOT NULL,
	"reason" text NOT NULL,
	"part" smallint NOT NULL,
	"class_index" smallint NOT NULL,
	"days_apart" integer,
	"position" integer NOT NULL,
	CONSTRAINT "split_leaks_split_id_image_id_pk" PRIMARY KEY("split_id","image_id")
);
--> statement-breakpoint
ALTER TABLE "splits" ADD COLUMN "stratify" text DEFAULT 'class' NOT NULL;--> statement-breakpoint
ALTER TABLE "split_leaks" ADD CONSTRAINT "split_leaks_split_id_splits_id_fk" FOREIGN KEY ("split_id") REFERENCES "public"."splits"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "split_leaks_order" ON "split_leaks" USING btree ("split_id","position");