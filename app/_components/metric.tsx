import { Hint } from "./hint";

type Props = {
  value: number | null | undefined;
  /** The interval's ends. */
  low?: number | null;
  high?: number | null;
  /** Why there is no value; shown on hover of the dash. */
  reason?: string;
  digits?: number;
};

/** A metric with its interval: `0.914 [0.872–0.949]`, or a dash that tells why. */
export function Metric({ value, low, high, reason = "Not defined here", digits = 3 }: Props) {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return <Hint text={reason}>–</Hint>;
  }
  const interval = Number.isFinite(low) && Number.isFinite(high);
  // A dash before a minus sign reads as one long line.
  const between = Number(high) < 0 ? " to " : "–";
  return (
    <span className="whitespace-nowrap tabular-nums">
      {shown(value, digits)}
      {interval ? (
        <span className="text-dim">
          {" "}
          [{shown(Number(low), digits)}
          {between}
          {shown(Number(high), digits)}]
        </span>
      ) : null}
    </span>
  );
}

/** Fixed digits with a real minus sign, which what is rounded to zero does without. */
function shown(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}
