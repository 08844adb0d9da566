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
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [down, right] = [row - centre, column - centre];
      const y = clamp(cos * down + sin * right + centre, size - 1);
      const x = clamp(cos * right - sin * down + centre, size - 1);
      const [top, left] = [Math.floor(y), Math.floor(x)];
      const [bottom, far] = [Math.min(top + 1, size - 1), Math.min(left + 1, size - 1)];
      const [low, over] = [y - top, x - left];
      for (let channel = 0; channel < channels; channel++) {
        const at = (r: number, c: number) => data[(r * size + c) * channels + channel] ?? 0;
        const upper = at(top, left) * (1 - over) + at(top, far) * over;
        const lower = at(bottom, left) * (1 - over) + at(bottom, far) * over;
        rotated[(row * size + column) * channels + channel] = upper * (1 - low) + lower * low;
      }
    }
  }
  return rotated;
}

function clamp(value: number, last: number): number {
  return Math.min(Math.max(value, 0), last);
}
