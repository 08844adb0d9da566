import type { RawImage } from "./raw-image";

/**
 * Resizes as PIL's `Image.resize((width, height), Image.BILINEAR)`, bit for bit: a triangle filter that is
 * widened when it shrinks (antialiasing), first along rows, then along columns, each pass in 22-bit fixed
 * point and rounded to 8 bits. Source: Pillow, src/libImaging/Resample.c.
 */
export function resizeBilinear(image: RawImage, width: number, height: number): RawImage {
  const { channels } = image;
  const across =
    width === image.width ? image.data : pass(image.data, image.height, image.width, width, channels, "row");
  const down =
    height === image.height ? across : pass(across, width, image.height, height, channels, "column");
  return { width, height, channels, data: down === image.data ? image.data.slice() : down };
}

const precisionBits = 22;

type Taps = {
  readonly first: Int32Array;
  readonly count: Int32Array;
  readonly weights: Int32Array;
  readonly most: number;
};

/** One pass over `lines` lines from `from` to `to` samples, along rows or along columns. */
function pass(
  data: Uint8Array,
  lines: number,
  from: number,
  to: number,
  channels: number,
  along: "row" | "column",
): Uint8Array {
  const taps = tapsFor(from, to);
  const result = new Uint8Array(lines * to * channels);
  const sampleStep = along === "row" ? channels : lines * channels;
  const [lineIn, lineOut] = along === "row" ? [from * channels, to * channels] : [channels, channels];
  for (let line = 0; line < lines; line++) {
    for (let sample = 0; sample < to; sample++) {
      const first = taps.first[sample] ?? 0;
      const count = taps.count[sample] ?? 0;
      for (let channel = 0; channel < channels; channel++) {
        let sum = 1 << (precisionBits - 1);
        let at = line * lineIn + first * sampleStep + channel;
        for (let tap = 0; tap < count; tap++, at += sampleStep) {
          sum += (data[at] ?? 0) * (taps.weights[sample * taps.most + tap] ?? 0);
        }
        result[line * lineOut + sample * sampleStep + channel] = Math.min(
          Math.max(sum >> precisionBits, 0),
          255,
        );
      }
    }
  }
  return result;
}

/** The weights of each output sample over the input samples it sees, normalised, in fixed point. */
function tapsFor(from: number, to: number): Taps {
  const scale = from / to;
  const support = Math.max(scale, 1);
  const most = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(to);
  const count = new Int32Array(to);
  const weights = new Int32Array(to * most);
  for (let sample = 0; sample < to; sample++) {
    const centre = (sample + 0.5) * scale;
    const low = Math.max(Math.trunc(centre - support + 0.5), 0);
    const seen = Math.min(Math.trunc(centre + support + 0.5), from) - low;
    const raw = Array.from({ length: seen }, (_, tap) =>
      Math.max(1 - Math.abs((tap + low - centre + 0.5) / support), 0),
    );
    const sum = raw.reduce((total, weight) => total + weight, 0);
    first[sample] = low;
    count[sample] = seen;
    raw.forEach((weight, tap) => {
      weights[sample * most + tap] = Math.trunc(0.5 + (weight / sum) * (1 << precisionBits));
    });
  }
  return { first, count, weights, most };
}
