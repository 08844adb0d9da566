import type { ReactNode } from "react";

type Props = { title: string; text: ReactNode; action?: ReactNode; icon?: ReactNode };

/** What a list shows when nothing is in it: why, and the next step with its button. */
export function EmptyState({ title, text, action, icon }: Props) {
  return (
    <div className="flex flex-col items-center gap-2 rounded-[10px] border border-line border-dashed px-6 py-10 text-center">
      {icon ? <div className="text-faint">{icon}</div> : null}
      <h2 className="font-semibold">{title}</h2>
      <p className="max-w-[52ch] text-dim">{text}</p>
      {action ? <div className="mt-2 flex gap-2">{action}</div> : null}
    </div>
  );
}
