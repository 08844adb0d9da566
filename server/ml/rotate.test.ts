import { expect, test } from "vitest";
import { rotateNearest } from "./rotate";

// Expected: Keras 3.15.1's apply_affine_transform on SciPy 1.17.1, by reference/preprocess.py.
test.each([
  {
    size: 4,
    channels: 1,
    degrees: 15,
    keras: [
      8.787, 33.779, 79.18, 135.39, 113.092, 194.259, 84.851, 195.832, 90.253, 168.047, 72.243, 193.819,
      96.066, 101.892, 39.884, 139.103,
    ],
  },
  {
    size: 5,
    channels: 1,
    degrees: -12,
    keras: [
      110.287, 44.146, 44.009, 80.992, 135.509, 162.094, 124.955, 156.392, 75.292, 142.574, 137.134, 217.615,
      140.0, 67.151, 81.017, 212.96, 175.489, 194.874, 169.034, 128.216, 146.58, 57.385, 123.3, 198.001,
      232.376,
    ],
  },
  {
    size: 3,
    channels: 2,
    degrees: 40,
    keras: [
      47.344, 91.893, 108.197, 193.848, 74.572, 224.219, 31.713, 88.27, 40.0, 172.0, 125.436, 206.824, 82.135,
      164.935, 88.333, 140.628, 41.419, 229.316,
    ],
  },
])("turns a $size × $size image by $degrees° as Keras does", ({ size, channels, degrees, keras }) => {
  const image = Float32Array.from({ length: size * size * channels }, (_, i) => (i * i * 7 + i * 13) % 256);
  const turned = rotateNearest(image, size, channels, degrees);
  keras.forEach((expected, i) => {
    expect(turned[i]).toBeCloseTo(expected, 2);
  });
});
