/** A finding's state as packed strings write it, or by its word. */
export type DotState = "+" | "-" | "?" | "." | "positive" | "negative" | "uncertain" | "unmentioned";

const names = {
  "+": "positive",
  "-": "negative",
  "?": "uncertain",
  ".": "unmentioned",
} as const;

/** Shape and colour of a label state: filled, ring, half, dot. Its word is there for screen readers. */
export function StateDot({ state, size = 12 }: { state: DotState; size?: number }) {
  const name =
    state.length === 1 ? names[state as keyof typeof names] : (state as (typeof names)[keyof typeof names]);
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 12 12"
      role="img"
      aria-label={name}
      className="inline-block shrink-0"
    >
      <title>{name}</title>
      {name === "positive" ? <circle cx="6" cy="6" r="5.5" fill="var(--pos)" /> : null}
      {name === "negative" ? (
        <circle cx="6" cy="6" r="4.75" fill="none" stroke="var(--neg)" strokeWidth="1.5" />
      ) : null}
      {name === "uncertain" ? (
        <>
          <circle cx="6" cy="6" r="4.75" fill="none" stroke="var(--unc)" strokeWidth="1.5" />
          <path d="M6 1.25a4.75 4.75 0 0 0 0 9.5z" fill="var(--unc)" />
        </>
      ) : null}
      {name === "unmentioned" ? <circle cx="6" cy="6" r="1.75" fill="var(--faint)" /> : null}
    </svg>
  );
}
