/** 223,414 */
export function full(count: number): string {
  return count.toLocaleString("en-US");
}

/** "1 image", "2 images". */
export function images(count: number): string {
  return `${full(count)} ${count === 1 ? "image" : "images"}`;
}

/** Three figures at most: 999, 1.2k, 18.8k, 196k, 1.3M. */
export function compact(count: number): string {
  if (count < 1000) return String(count);
  const [value, unit] = count < 999_500 ? [count / 1000, "k"] : [count / 1_000_000, "M"];
  return `${value < 99.95 ? value.toFixed(1).replace(/\.0$/, "") : Math.round(value)}${unit}`;
}
