CREATE TABLE "mask_weights" (
	"mask" text NOT NULL,
	"width" smallint NOT NULL,
	"height" smallint NOT NULL,
	"inside" double precision[] NOT NULL,
	"outside" double precision[] NOT NULL,
	CONSTRAINT "mask_weights_mask_width_height_pk" PRIMARY KEY("mask","width","height")
);
