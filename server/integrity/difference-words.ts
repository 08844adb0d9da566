import type { Estimate } from "./shortcut-schema";

/** Beyond this no figure here is worth a digit. */
const mostDigits = 6;

/**
 * A difference with its sign and interval, as `+0.02 (−0.01 to +0.05)`. Where the interval leaves zero out it has
 * as many more digits as it takes to see that.
 * @param scale what the figures are multiplied with: 100 for percentage points
 */
export function differenceInWords({ value, low, high }: Estimate, digits = 3, scale = 1): string {
  if (value === null) return "–";
  if (low === null || high === null) return signed(value * scale, digits);
  const nearest = low > 0 ? low : high < 0 ? high : null;
  const shown = nearest === null ? digits : digitsOf(nearest * scale, digits);
  const [middle, from, to] = [value, low, high].map((one) => signed(one * scale, shown));
  return `${middle} (${from} to ${to})`;
}

/** How many digits keep a figure from being printed as zero; at least `fewest`. */
function digitsOf(figure: number, fewest: number): number {
  let digits = fewest;
  while (digits < mostDigits && Number(Math.abs(figure).toFixed(digits)) === 0) digits++;
  return digits;
}

function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return value < 0 ? `−${text}` : `+${text}`;
}
