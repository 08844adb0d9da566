type Ranged = { readonly value: number | null; readonly low: number | null; readonly high: number | null };

/** A figure with its interval, as `0.81 (0.63 to 0.92)`; a dash where it is not defined. */
export function figure({ value, low, high }: Ranged, digits = 3): string {
  if (value === null) return "–";
  const range = low === null || high === null ? "" : ` (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
  return `${value.toFixed(digits)}${range}`;
}

/** A number or a dash. */
export function plain(value: number | null, digits = 3): string {
  return value === null ? "–" : value.toFixed(digits);
}

/** A Markdown table. */
export function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) =>
    `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}
