type Ranged = { readonly value: number | null; readonly low: number | null; readonly high: number | null };

/** A figure with its interval, as `0.81 (0.63 to 0.92)`; a dash where it is not defined. */
export function figure({ value, low, high }: Ranged, digits = 3): string {
  if (value === null) return "–";
  const range = low === null || high === null ? "" : ` (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
  return `${value.toFixed(digits)}${range}`;
}

/** A difference with its sign, as `+0.02 (−0.01 to +0.05)`. */
export function difference({ value, low, high }: Ranged, digits = 3): string {
  if (value === null) return "–";
  const range = low === null || high === null ? "" : ` (${signed(low, digits)} to ${signed(high, digits)})`;
  return `${signed(value, digits)}${range}`;
}

function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return value < 0 ? `−${text}` : `+${text}`;
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
