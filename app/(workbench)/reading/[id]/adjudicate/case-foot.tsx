import Link from "next/link";
import { Kbd } from "@/app/_components/kbd";
import { KeyOf } from "../key-of";
import type { CaseState } from "./case-state";

/** How many cases are left, and whether the last decision has arrived. */
export function CaseFoot({ name, room: { phase, counts } }: { name: string; room: CaseState }) {
  const others = [
    counts.elsewhere > 0 ? `${counts.elsewhere} with others` : null,
    counts.own > 0 ? `${counts.own} read by you` : null,
  ].filter((part) => part !== null);
  return (
    <footer className="flex items-center gap-[18px] whitespace-nowrap border-line border-t bg-panel px-4 text-dim tabular-nums">
      <b className="max-w-[320px] truncate font-semibold text-text">{name}</b>
      <span>
        Adjudication · {counts.left.toLocaleString("en-US")} left for you
        {others.length > 0 ? ` · ${others.join(" · ")}` : ""}
      </span>
      <span className="ml-auto" aria-live="polite">
        {phase === "sending" ? "Saving …" : "All decisions saved"}
      </span>
      <span>
        <KeyOf action="undo" /> undo
      </span>
      <span>
        <Kbd keys="?" /> keys
      </span>
      <Link href="/reading" className="hover:text-text">
        Leave
      </Link>
    </footer>
  );
}
