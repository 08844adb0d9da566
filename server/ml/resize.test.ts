import { expect, test } from "vitest";
import { preprocess, type RawImage } from "./preprocess";
import { resizeBilinear } from "./resize";

// Expected: Pillow 13.0.0, Image.resize(…, Image.BILINEAR), by reference/preprocess.py.
test.each([
  {
    from: [7, 5],
    to: [3, 4],
    channels: 1 as const,
    pillow: [45, 114, 156, 132, 160, 170, 113, 189, 171, 124, 157, 120],
  },
  {
    from: [4, 3],
    to: [7, 5],
    channels: 1 as const,
    pillow: [
      0, 7, 19, 37, 57, 85, 102, 66, 81, 105, 85, 67, 107, 132, 164, 191, 235, 157, 81, 141, 178, 90, 129,
      192, 133, 76, 155, 204, 40, 87, 163, 117, 73, 165, 222,
    ],
  },
  {
    from: [5, 6],
    to: [5, 3],
    channels: 1 as const,
    pillow: [112, 72, 119, 71, 147, 172, 175, 160, 127, 140, 177, 132, 100, 192, 188],
  },
  { from: [13, 17], to: [2, 3], channels: 1 as const, pillow: [131, 125, 122, 126, 125, 138] },
  {
    from: [5, 4],
    to: [3, 2],
    channels: 3 as const,
    pillow: [123, 149, 168, 108, 130, 146, 147, 128, 117, 123, 118, 175, 123, 114, 127, 140, 189, 74],
  },
])("resizes $from to $to with $channels channels bit for bit as Pillow", ({ from, to, channels, pillow }) => {
  const [width = 0, height = 0] = to;
  const resized = resizeBilinear(pattern(from, channels), width, height);
  expect([...resized.data]).toEqual(pillow);
});

test("an image of the right size is copied, not shared", () => {
  const image = pattern([3, 2], 1);
  const same = resizeBilinear(image, 3, 2);
  expect(same.data).toEqual(image.data);
  expect(same.data).not.toBe(image.data);
});

test("colour becomes one channel by Pillow's luma for the compact network", () => {
  const colour = pattern([3, 2], 3);
  const grey: RawImage = {
    width: 3,
    height: 2,
    channels: 1,
    data: Uint8Array.of(18, 154, 131, 113, 86, 214),
  };
  expect(preprocess(colour, "compact", 4)).toEqual(preprocess(grey, "compact", 4));
});

test("each recipe scales as it says", () => {
  const grey: RawImage = { width: 1, height: 1, channels: 1, data: Uint8Array.of(51) };
  expect([...preprocess(grey, "as-published", 1)]).toEqual([0.2, 0.2, 0.2].map(Math.fround));
  const imagenet = preprocess(grey, "imagenet", 1);
  [(0.2 - 0.485) / 0.229, (0.2 - 0.456) / 0.224, (0.2 - 0.406) / 0.225].forEach((expected, channel) => {
    expect(imagenet[channel]).toBeCloseTo(expected, 6);
  });
  expect([...preprocess(grey, "compact", 1)]).toEqual([Math.fround(0.2)]);
});

function pattern([width = 0, height = 0]: number[], channels: 1 | 3): RawImage {
  const data = Uint8Array.from({ length: width * height * channels }, (_, i) => (i * i * 7 + i * 13) % 256);
  return { width, height, channels, data };
}
