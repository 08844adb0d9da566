/**
 * Turns a square image [size, size, channels] about its centre by `degrees`, as Keras' ImageDataGenerator
 * does by SciPy's affine_transform: bilinear, and outside the image the nearest pixel of its edge. Positive
 * angles turn anticlockwise as seen on the screen.
 */
export function rotateNearest(
  data: Float32Array,
  size: number,
  channels: number,
  degrees: number,
): Float32Array {
  const rotated = new Float32Array(data.length);
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const centre = (size - 1) / 2;
  // Plain reads at computed places: this runs for every view of every film, and a closure here costs ten times as much.
  for (let row = 0, to = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [down, right] = [row - centre, column - centre];
      const y = clamp(cos * down + sin * right + centre, size - 1);
      const x = clamp(cos * right - sin * down + centre, size - 1);
      const [top, left] = [Math.floor(y), Math.floor(x)];
      const [low, over] = [y - top, x - left];
      const upper = (top * size + left) * channels;
      const lower = top + 1 < size ? upper + size * channels : upper;
      const far = left + 1 < size ? channels : 0;
      for (let channel = 0; channel < channels; channel++, to++) {
        const [above, below] = [upper + channel, lower + channel];
        const first = (data[above] ?? 0) * (1 - over) + (data[above + far] ?? 0) * over;
        const second = (data[below] ?? 0) * (1 - over) + (data[below + far] ?? 0) * over;
        rotated[to] = first * (1 - low) + second * low;
      }
    }
  }
  return rotated;
}

function clamp(value: number, last: number): number {
  return Math.min(Math.max(value, 0), last);
}
