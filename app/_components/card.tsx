import type { ReactNode } from "react";

type Props = { title?: ReactNode; aside?: ReactNode; className?: string; children: ReactNode };

/** A panel; `aside` stands at the right of its title. */
export function Card({ title, aside, className = "", children }: Props) {
  return (
    <section className={`min-w-0 rounded-[10px] border border-line bg-panel p-4 ${className}`}>
      {title || aside ? (
        <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          {title ? <h2 className="font-semibold">{title}</h2> : null}
          {aside ? <div className="text-dim">{aside}</div> : null}
        </div>
      ) : null}
      {children}
    </section>
  );
}
