/** A share as `66 of 132 (50%)`; of nothing it is `0 of 0`. */
export function Share({ count, total }: { count: number; total: number }) {
  return (
    <span className="whitespace-nowrap tabular-nums">
      {count.toLocaleString("en-US")} of {total.toLocaleString("en-US")}
      {total > 0 ? <span className="text-dim"> ({percent(count, total)})</span> : null}
    </span>
  );
}

/** Whole percents; a share that is small but not nothing is "<1%", nearly all is ">99%". */
export function percent(count: number, total: number): string {
  const share = (100 * count) / total;
  if (share > 0 && share < 0.5) return "<1%";
  if (share < 100 && share > 99.5) return ">99%";
  return `${Math.round(share)}%`;
}
