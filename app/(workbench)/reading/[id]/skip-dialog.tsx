"use client";

import { useEffect, useRef } from "react";
import { Dialog } from "@/app/_components/dialog";
import { Kbd } from "@/app/_components/kbd";
import { type SkipReason, skipReasons } from "@/server/reading/schema";

type Props = { open: boolean; onOpenChange(open: boolean): void; onSkip(reason: SkipReason): void };

/** Why a study is skipped: a digit, or the arrows and Enter. */
export function SkipDialog({ open, onOpenChange, onSkip }: Props) {
  return (
    <Dialog title="Skip this study" open={open} onOpenChange={onOpenChange} size="sm">
      <Reasons onSkip={onSkip} />
    </Dialog>
  );
}

function Reasons({ onSkip }: Pick<Props, "onSkip">) {
  const list = useRef<HTMLUListElement>(null);
  const chosen = useRef(onSkip);
  useEffect(() => {
    chosen.current = onSkip;
  });
  useEffect(() => {
    const buttons = () => [...(list.current?.querySelectorAll("button") ?? [])];
    // The dialog puts the focus on itself first.
    const frame = requestAnimationFrame(() => buttons()[0]?.focus());
    const press = (event: KeyboardEvent) => {
      const reason = skipReasons[Number(event.key) - 1];
      const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      if (!reason && step === 0) return;
      event.preventDefault();
      event.stopPropagation();
      if (reason) return chosen.current(reason);
      const all = buttons();
      const at = all.findIndex((button) => button.matches(":focus"));
      all[(at + step + all.length) % all.length]?.focus();
    };
    document.addEventListener("keydown", press, true);
    return () => {
      cancelAnimationFrame(frame);
      document.removeEventListener("keydown", press, true);
    };
  }, []);
  return (
    <ul ref={list} aria-label="Reasons" className="flex flex-col gap-1 pb-1">
      {skipReasons.map((reason, at) => (
        <li key={reason}>
          <button
            type="button"
            onClick={() => onSkip(reason)}
            className="flex h-8 w-full cursor-pointer items-center gap-3 rounded-md px-2 text-left hover:bg-raise focus:bg-raise"
          >
            <Kbd keys={String(at + 1)} /> {reason}
          </button>
        </li>
      ))}
    </ul>
  );
}
