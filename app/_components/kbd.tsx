import type { ReactNode } from "react";

/** A key. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="rounded border border-line border-b-2 px-1 font-sans text-[11px] text-dim leading-4">
      {children}
    </kbd>
  );
}
