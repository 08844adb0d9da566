export type Proportion = { readonly low: number; readonly high: number };

/** 97.5th percentile of the standard normal. */
const z = 1.959963984540054;

/**
 * Wilson's 95% score interval of a proportion (Wilson 1927): `hits` of `all` independent trials. Null for none.
 */
export function wilson(hits: number, all: number): Proportion | null {
  if (all === 0) return null;
  const share = hits / all;
  const middle = share + (z * z) / (2 * all);
  const spread = z * Math.sqrt((share * (1 - share)) / all + (z * z) / (4 * all * all));
  const scale = 1 + (z * z) / all;
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) };
}
