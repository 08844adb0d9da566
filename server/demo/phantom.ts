import sharp from "sharp";
import { deriveSeed } from "@/server/ml/random";
import { anatomyOf } from "./anatomy";
import { develop } from "./drawing/develop";
import { frameOf } from "./drawing/frame";
import { frontalScene } from "./drawing/frontal";
import { lateralScene } from "./drawing/lateral";
import { lettering, letteringWidth } from "./drawing/lettering";
import type { Severities, View } from "./finding";
import { type FilmLook, plainLook } from "./look";
import { poseOf } from "./pose";

export type PhantomSpec = {
  /** The body: equal on all films of a patient. */
  readonly patientSeed: number;
  /** Breath, position and grain: another one for each film. */
  readonly filmSeed: number;
  readonly width: number;
  readonly height: number;
  readonly format: "jpeg" | "png";
  readonly view?: View;
  readonly sex?: "F" | "M";
  readonly findings?: Severities;
  readonly look?: FilmLook;
};

/**
 * A drawn chest film, plainly no real one ("PHANTOM" is burned in): 8-bit grey, encoded. The same spec gives
 * the same pixels.
 *
 * @example await drawPhantom({ patientSeed: 1, filmSeed: 1, width: 64, height: 64, format: "png" })
 */
export async function drawPhantom(spec: PhantomSpec): Promise<Buffer> {
  const { width, height, view = "PA", look = plainLook } = spec;
  const pose = poseOf(spec.filmSeed, view);
  const frame = frameOf(anatomyOf(spec.patientSeed, spec.sex ?? "F"), pose, view, spec.findings ?? {});
  const scene = view === "Lateral" ? lateralScene(frame) : frontalScene(frame);
  const seed = deriveSeed(spec.patientSeed, spec.filmSeed);
  const pixels = await develop(scene, marks(spec), { width, height, pose }, look, seed);
  const film = sharp(pixels, { raw: { width, height, channels: 1 } }).toColourspace("b-w");
  return spec.format === "png"
    ? film.png({ compressionLevel: 3 }).toBuffer()
    : film.jpeg({ quality: 88 }).toBuffer();
}

/** The warning in the lower right corner, the side's letter in the upper right. */
function marks({ width, height, view, look }: PhantomSpec): string {
  const half = (500 * width) / height;
  const inset = 22 + (look?.collimation ?? 0) * 1000;
  const right = 500 + half - inset;
  const warning = lettering("PHANTOM", [right - letteringWidth("PHANTOM", 22), 1000 - inset - 22], 22);
  return warning + (view === "Lateral" ? "" : lettering("L", [right - 30, inset + 14], 34));
}
