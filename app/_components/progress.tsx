type Props = {
  done: number;
  total: number;
  /** What is counted: "Reading images". */
  label: string;
  /** What follows the count: time left, speed. */
  note?: string;
  /** The bar alone, for rows of a table; the label stays for screen readers. */
  compact?: boolean;
};

/** Done of total as a bar with its count. An unknown total (0) shows the count alone. */
export function Progress({ done, total, label, note, compact = false }: Props) {
  const share = total > 0 ? Math.min(1, done / total) : 0;
  const count = total > 0 ? `${format(done)} of ${format(total)}` : format(done);
  return (
    <div className="min-w-0">
      {compact ? null : (
        <div className="mb-1 flex justify-between gap-4">
          <span className="truncate">{label}</span>
          <span className="whitespace-nowrap text-dim">
            {count}
            {note ? ` · ${note}` : ""}
          </span>
        </div>
      )}
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total > 0 ? total : undefined}
        aria-valuenow={total > 0 ? Math.min(done, total) : undefined}
        aria-valuetext={count}
        className="h-1.5 overflow-hidden rounded-full bg-raise"
      >
        <div className="h-full rounded-full bg-accent" style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  );
}

function format(count: number): string {
  return count.toLocaleString("en-US");
}
