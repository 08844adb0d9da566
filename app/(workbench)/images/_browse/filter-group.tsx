import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

type Props = {
  title: string;
  /** How many values are chosen in it. */
  active: number;
  children: ReactNode;
};

/** A group of filter values that folds. */
export function FilterGroup({ title, active, children }: Props) {
  return (
    <details open className="group border-line border-t py-1">
      <summary className="flex h-8 cursor-pointer list-none items-center gap-1.5 rounded-sm text-[12px] text-dim hover:text-text [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden size={14} className="transition-transform group-open:rotate-90" />
        <span className="font-medium">{title}</span>
        {active > 0 ? (
          <span className="ml-auto rounded-full bg-raise px-1.5 text-accent leading-4">
            {active}
            <span className="sr-only"> in force</span>
          </span>
        ) : null}
      </summary>
      <div className="pb-2">{children}</div>
    </details>
  );
}
