import { compactSpec } from "../networks/compact";
import type { Random } from "../random";

const size = compactSpec.inputSize;

/**
 * Chest phantoms [n, size, size, 1] in [0, 1]: two dark lungs in a brighter body, shifted and exposed at
 * random; every second one (label 1) has a bright opacity in a lung.
 */
export function phantoms(count: number, random: Random): { images: Float32Array; labels: Int32Array } {
  const labels = Int32Array.from({ length: count }, (_, i) => i % 2);
  const images = new Float32Array(count * size * size);
  labels.forEach((label, at) => {
    images.set(phantom(label === 1, random), at * size * size);
  });
  return { images, labels };
}

function phantom(ill: boolean, random: Random): Float32Array {
  const [right, down] = [random.normal() * 4, random.normal() * 4];
  const exposure = 0.7 + random.uniform() * 0.6;
  const opacity = {
    x: (random.uniform() < 0.5 ? 30 : 66) + random.normal() * 5,
    y: 50 + random.normal() * 8,
    radius: 12 + random.uniform() * 4,
  };
  return Float32Array.from({ length: size * size }, (_, at) => {
    const [x, y] = [at % size, Math.floor(at / size)];
    const lung = Math.min(
      ...[30, 66].map((centre) => ((x - right - centre) / 14) ** 2 + ((y - down - 48) / 30) ** 2),
    );
    const spot = Math.exp(-((x - opacity.x) ** 2 + (y - opacity.y) ** 2) / opacity.radius ** 2);
    const density = (lung < 1 ? 0.25 : 0.6) + (ill ? 0.5 * spot : 0);
    return Math.min(Math.max(exposure * density + random.normal() * 0.04, 0), 1);
  });
}
