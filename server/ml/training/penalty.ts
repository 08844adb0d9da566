/** What large weights cost: l1 · Σ|w| + l2 · Σw², as Keras' `L1L2` regularizer. */
export type Penalty = { readonly l1: number; readonly l2: number };

/** The penalty of a kernel; its slope is added to the kernel's gradient. */
export function addPenalty(kernel: Float32Array, gradient: Float32Array, { l1, l2 }: Penalty): number {
  if (l1 === 0 && l2 === 0) return 0;
  let absolute = 0;
  let squared = 0;
  for (let at = 0; at < kernel.length; at++) {
    const weight = kernel[at] ?? 0;
    absolute += Math.abs(weight);
    squared += weight * weight;
    gradient[at] = (gradient[at] ?? 0) + l1 * Math.sign(weight) + 2 * l2 * weight;
  }
  return l1 * absolute + l2 * squared;
}
