import type { ReactNode } from "react";

type Props = {
  title: ReactNode;
  /** One line on what stands below: how many, from what. */
  sub?: ReactNode;
  /** Buttons; the primary one last. */
  actions?: ReactNode;
};

/** The page's one h1 with its buttons. */
export function PageHeader({ title, sub, actions }: Props) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
      <div className="min-w-0">
        <h1 className="text-[20px] font-semibold leading-7">{title}</h1>
        {sub ? <p className="text-dim">{sub}</p> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </header>
  );
}
