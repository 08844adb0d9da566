import { KeyOf } from "./key-of";
import type { remarkOn } from "./room-state";

type Props = { remark: ReturnType<typeof remarkOn>; problem: string | null };

/** What does not go together, what a finding suggests, and what is in the way. Read out as it appears. */
export function Remark({ remark, problem }: Props) {
  return (
    <div aria-live="polite" className="flex flex-col gap-2.5 pt-1">
      {remark?.kind === "contradiction" ? (
        <p className="border-leak border-l-2 px-2.5 text-text">
          {remark.text}.
          {remark.asked ? (
            <span className="mt-0.5 block text-leak">
              <KeyOf action="submit" /> again if you mean it.
            </span>
          ) : null}
        </p>
      ) : null}
      {remark?.kind === "suggestion" ? (
        <p className="border-unc border-l-2 px-2.5 text-dim">
          {remark.text} <KeyOf action="accept" />
        </p>
      ) : null}
      {problem ? <p className="border-danger border-l-2 px-2.5 text-text">{problem}</p> : null}
    </div>
  );
}
