import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { Result } from "@/server/lib/errors";
import { previewForm } from "../actions";

const settleMs = 250;

export type PreviewState = {
  readonly answer: Result<{ studies: number }> | null;
  readonly counting: boolean;
};

/** How many studies a form asks for, counted anew shortly after each change. */
export function usePreview(form: RefObject<HTMLFormElement | null>) {
  const [preview, setPreview] = useState<PreviewState>({ answer: null, counting: true });
  const latest = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const refresh = useCallback(() => {
    latest.current += 1;
    const turn = latest.current;
    clearTimeout(timer.current);
    // Fields that a choice brings or takes away are there by then.
    timer.current = setTimeout(async () => {
      if (!form.current) return;
      setPreview((now) => ({ ...now, counting: true }));
      const answer = await previewForm(new FormData(form.current));
      if (turn === latest.current) setPreview({ answer, counting: false });
    }, settleMs);
  }, [form]);
  useEffect(() => {
    refresh();
    return () => clearTimeout(timer.current);
  }, [refresh]);
  return { preview, refresh };
}
