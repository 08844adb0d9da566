/** The overlay's colours over its raw range, so that two films can be compared. */
export function ColourBar({ min, max }: { min: number; max: number }) {
  return (
    <div className="grid grid-cols-[auto_1fr_auto] items-center gap-2.5 text-dim tabular-nums">
      <span>{shown(min)}</span>
      {/* Nine of inferno's 256 colours (server/ml/inferno.ts), as the overlay is drawn. */}
      <span
        role="img"
        aria-label={`Overlay from ${shown(min)} to ${shown(max)}`}
        className="h-1.5 rounded-full"
        style={{
          background:
            "linear-gradient(90deg, #000004, #1f0c48, #550f6d, #88226a, #ba3655, #e35933, #f98c0a, #f9c932, #fcffa4)",
        }}
      />
      <span>{shown(max)}</span>
    </div>
  );
}

/** Three digits that count, whatever the size. */
function shown(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  return size >= 0.001 && size < 10_000 ? String(Number(value.toPrecision(3))) : value.toExponential(1);
}
