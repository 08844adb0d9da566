const width = 96;
const height = 28;

/** Values in their order as a line without axes; fewer than two draw nothing. */
export function TinyCurve({ values, label }: { values: readonly number[]; label: string }) {
  if (values.length < 2) return <span />;
  const low = Math.min(...values);
  const range = Math.max(...values) - low || 1;
  const points = values.map((value, index) => {
    const x = (index / (values.length - 1)) * (width - 2) + 1;
    const y = height - 2 - ((value - low) / range) * (height - 4);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <title>{`${label}: ${values[0]?.toFixed(3)} to ${values.at(-1)?.toFixed(3)}`}</title>
      <polyline points={points.join(" ")} fill="none" stroke="var(--accent)" strokeWidth="1.5" />
    </svg>
  );
}
