type Props = {
  /** One per epoch, 0 to 1. */
  values: readonly number[];
  label: string;
  width?: number;
  height?: number;
};

/** A curve as large as a word; the axis runs from 0.5 (or the least value) to 1, so that runs compare. */
export function Sparkline({ values, label, width = 88, height = 20 }: Props) {
  if (values.length === 0) return <span className="text-faint">–</span>;
  const floor = Math.min(0.5, ...values);
  const x = (at: number) => (values.length === 1 ? width - 2 : 2 + ((width - 4) * at) / (values.length - 1));
  const y = (value: number) => height - 2 - ((height - 4) * (value - floor)) / (1 - floor || 1);
  const points = values.map((value, at) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  const last = values.at(-1) ?? 0;
  return (
    <svg width={width} height={height} role="img" aria-label={label} className="inline-block align-middle">
      <polyline points={points} fill="none" stroke="var(--val)" strokeWidth="1.5" strokeLinejoin="round" />
      <circle cx={x(values.length - 1)} cy={y(last)} r="2" fill="var(--val)" />
    </svg>
  );
}
