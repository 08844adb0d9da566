import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

type Props = {
  tone?: "info" | "warn" | "error";
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
};

const looks = {
  info: { icon: Info, edge: "border-l-accent", colour: "text-accent" },
  warn: { icon: TriangleAlert, edge: "border-l-leak", colour: "text-leak" },
  error: { icon: CircleAlert, edge: "border-l-danger", colour: "text-danger" },
} as const;

/** A remark that belongs to what stands below it. Errors are read out at once. */
export function Notice({ tone = "info", title, children, action }: Props) {
  const { icon: Icon, edge, colour } = looks[tone];
  return (
    <div
      role={tone === "error" ? "alert" : "note"}
      className={`flex items-start gap-3 rounded-md border border-line border-l-2 bg-panel px-3 py-2 ${edge}`}
    >
      <Icon aria-hidden size={16} className={`mt-0.5 shrink-0 ${colour}`} />
      <div className="min-w-0 flex-1">
        {title ? <div className="font-medium">{title}</div> : null}
        {children ? <div className="text-dim">{children}</div> : null}
      </div>
      {action}
    </div>
  );
}
