"use client";

import { useEffect } from "react";
import { Button } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { Kbd } from "@/app/_components/kbd";
import { skipReasons } from "@/server/reading/schema";

type Props = { open: boolean; onOpenChange(open: boolean): void; onSkip(reason: string): void };

/** Why a study is skipped; a digit chooses. */
export function SkipDialog({ open, onOpenChange, onSkip }: Props) {
  useEffect(() => {
    if (!open) return;
    const press = (event: KeyboardEvent) => {
      const reason = skipReasons[Number(event.key) - 1];
      if (!reason) return;
      event.preventDefault();
      onSkip(reason);
    };
    document.addEventListener("keydown", press, true);
    return () => document.removeEventListener("keydown", press, true);
  }, [open, onSkip]);
  return (
    <Dialog title="Skip this study because" open={open} onOpenChange={onOpenChange} size="sm">
      <ul className="flex flex-col gap-1.5">
        {skipReasons.map((reason, at) => (
          <li key={reason}>
            <Button onPress={() => onSkip(reason)} className="w-full justify-start">
              <Kbd>{String(at + 1)}</Kbd> {reason}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
