import Link from "next/link";
import { KeyOf } from "../key-of";
import { RoomButton } from "../room-button";
import type { CaseState } from "./case-state";

type Props = { room: CaseState; name: string; onAgain(): void };

/** In place of the films: before the first case, and after the last. */
export function NoCase({ room: { phase, counts, problem }, name, onAgain }: Props) {
  if (phase !== "ended") {
    return (
      <p className="grid place-items-center bg-black text-dim" aria-live="polite">
        {problem ?? "Hanging the next case …"}
      </p>
    );
  }
  return (
    <div className="grid place-items-center bg-black text-center text-dim">
      <div className="flex flex-col items-center gap-2" aria-live="polite">
        <p className="text-[16px] text-text">No disagreement of “{name}” is left for you.</p>
        {counts.elsewhere > 0 ? <p>{studies(counts.elsewhere)} in another adjudicator's hands.</p> : null}
        {counts.own > 0 ? (
          <p>{studies(counts.own)} for somebody else to settle: you have read them.</p>
        ) : null}
        {problem ? <p className="text-leak">{problem}</p> : null}
        <div className="mt-2 flex items-center gap-4">
          <RoomButton onPress={onAgain}>
            Look again <KeyOf action="submit" bare />
          </RoomButton>
          <Link href="/reading" className="text-accent hover:underline">
            All worklists
          </Link>
        </div>
      </div>
    </div>
  );
}

function studies(count: number): string {
  return count === 1 ? "One is" : `${count.toLocaleString("en-US")} are`;
}
