import type { ReactNode } from "react";

type Props = { title: string; aside?: string; children: ReactNode };

/** A part of what is said about the chosen film. */
export function Section({ title, aside, children }: Props) {
  return (
    <section className="border-line border-t px-4 py-3">
      <div className="mb-1.5 flex items-baseline justify-between gap-3">
        <h3 className="font-medium text-[12px] text-dim">{title}</h3>
        {aside ? <span className="text-[12px] text-faint">{aside}</span> : null}
      </div>
      {children}
    </section>
  );
}
