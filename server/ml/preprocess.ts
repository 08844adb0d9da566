import { toGrey } from "./grey";
import type { PreprocessName } from "./preprocess-names";
import type { RawImage } from "./raw-image";
import { resizeBilinear } from "./resize";

export type { RawImage } from "./raw-image";
export { rotateNearest } from "./rotate";

/**
 * A network's input [size, size, c] from a film, resized to size × size ignoring the aspect, by PIL's
 * antialiased bilinear filter in 8 bits.
 * - "as-published": RGB, ÷ 255
 * - "imagenet": RGB, ÷ 255, then minus ImageNet's mean, ÷ its deviation (Keras' `mode="torch"`)
 * - "efficientnet-lite": RGB, minus 127, ÷ 128
 * - "torchxrayvision": RGB, from -1024 to 1024; its own loader also cuts a film to a square, which would hide the
 *   borders and move every overlay, so that is left out here
 * - "compact": one channel, ÷ 255
 */
export function preprocess(image: RawImage, recipe: PreprocessName, size: number): Float32Array {
  const resized = resizeBilinear(recipe === "compact" ? toGrey(image) : image, size, size);
  // Most films are grey: their one channel is resized once, and then stands for three.
  const { data } = recipe === "compact" ? resized : toRgb(resized);
  const scale = scales[recipe];
  const input = new Float32Array(data.length);
  for (let at = 0; at < data.length; at++) input[at] = scale(data[at] ?? 0, at);
  return input;
}

/** What is left to see of a film: all of it, its outer frame, or its centre. */
export const looks = ["whole", "frame", "centre"] as const;
export type Look = (typeof looks)[number];

/** Of the area; with no mask of the lungs, the rectangle that they lie in. */
const centreShare = 0.7;

/**
 * Blacks out the centre of a network's input [size, size, channels] ("frame") or all but it ("centre"), as if the
 * film itself were black there. The centre has the film's shape and 70% of its area.
 */
export function leaveOnly(
  input: Float32Array,
  look: Look,
  recipe: PreprocessName,
  size: number,
): Float32Array {
  if (look === "whole") return input;
  const channels = input.length / (size * size);
  const margin = Math.round((size * (1 - Math.sqrt(centreShare))) / 2);
  const inner = (place: number) => place >= margin && place < size - margin;
  const black = scales[recipe];
  return input.map((value, at) => {
    const [x, y] = [Math.floor(at / channels) % size, Math.floor(at / channels / size)];
    const inCentre = inner(x) && inner(y);
    return inCentre === (look === "centre") ? value : black(0, at);
  });
}

/** From a level of 0 to 255, and its place in the interleaved image, to what the network was trained on. */
const scales: Record<PreprocessName, (level: number, at: number) => number> = {
  "as-published": (level) => level / 255,
  imagenet: (level, at) => (level / 255 - (imagenetMean[at % 3] ?? 0)) / (imagenetDeviation[at % 3] ?? 1),
  // MEAN_RGB and STDDEV_RGB of google's tpu/models/official/efficientnet/lite/efficientnet_lite_builder.py
  "efficientnet-lite": (level) => (level - 127) / 128,
  // normalize in torchxrayvision/utils.py
  torchxrayvision: (level) => (2 * (level / 255) - 1) * 1024,
  compact: (level) => level / 255,
};

const imagenetMean = [0.485, 0.456, 0.406];
const imagenetDeviation = [0.229, 0.224, 0.225];

function toRgb(image: RawImage): RawImage {
  if (image.channels === 3) return image;
  const data = new Uint8Array(image.data.length * 3);
  for (let at = 0; at < data.length; at++) data[at] = image.data[Math.floor(at / 3)] ?? 0;
  return { ...image, channels: 3, data };
}
