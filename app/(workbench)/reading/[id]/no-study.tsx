import Link from "next/link";
import type { WorklistStatus } from "@/server/reading/schema";
import { KeyOf } from "./key-of";
import { RoomButton } from "./room-button";

type Props = {
  ended: boolean;
  /** The worklist's. */
  name: string;
  status: WorklistStatus;
  problem: string | null;
  onAgain(): void;
};

/** In place of the films: before the first study, and after the last. */
export function NoStudy({ ended, name, status, problem, onAgain }: Props) {
  if (!ended) {
    return (
      <p className="grid place-items-center bg-black text-dim" aria-live="polite">
        {problem ?? "Hanging the next study …"}
      </p>
    );
  }
  return (
    <div className="grid place-items-center bg-black text-center text-dim">
      <div className="flex flex-col items-center gap-2">
        <p className="text-[16px] text-text">
          {status === "open" ? `Nothing is left for you in “${name}”.` : `“${name}” is ${status}.`}
        </p>
        <p>
          {status === "open"
            ? "What others give back comes up here again."
            : "It hands out no studies until it is opened again."}{" "}
          <KeyOf action="undo" /> takes your last read back.
        </p>
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
