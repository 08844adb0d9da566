type Props = {
  /** 0 to 1. */
  share: number;
  /** What a random split would leak, 0 to 1: a tick on the bar. */
  expected: number | null;
};

/** A leaked share as a bar. Its numbers stand beside it, so it is silent for screen readers. */
export function LeakBar({ share, expected }: Props) {
  return (
    <span aria-hidden className="relative block h-2 min-w-12 max-w-40 flex-1 rounded bg-raise">
      <span className="absolute inset-y-0 left-0 rounded bg-leak" style={{ width: `${share * 100}%` }} />
      {expected === null ? null : (
        <span
          className="absolute -inset-y-0.5 w-0.5 rounded bg-text outline outline-panel"
          style={{ left: `calc(${expected * 100}% - 1px)` }}
        />
      )}
    </span>
  );
}
