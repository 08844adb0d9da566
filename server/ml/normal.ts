/**
 * Complementary error function for x ≥ 0, relative error below 1e-12: its Taylor series up to 2.5, the
 * continued fraction beyond (Abramowitz and Stegun 7.1.5, 7.1.14). P(|Z| > z) is erfc(z ÷ √2).
 */
export function erfc(x: number): number {
  return x < 2.5 ? 1 - erfSeries(x) : continuedFraction(x);
}

function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= -(x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

function continuedFraction(x: number): number {
  let value = 0;
  for (let k = 120; k > 0; k--) value = k / 2 / (x + value);
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * (x + value));
}
