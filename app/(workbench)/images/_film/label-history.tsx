import { RelativeTime } from "@/app/_components/relative-time";
import { StateDot } from "@/app/_components/state-dot";
import type { LabelStep } from "@/server/images/browse/schema";
import { stateAt } from "@/server/labels/states";
import type { ShownFinding } from "../_browse/types";

/** The imported labels and every read, oldest first; of a read only what it changed against the imported ones. */
export function LabelHistory({
  history,
  findings,
}: {
  history: readonly LabelStep[];
  findings: readonly ShownFinding[];
}) {
  const source = history[0]?.labels ?? "";
  return (
    <ol className="flex flex-col gap-2">
      {history.map((step) => (
        <li
          key={`${step.by} ${step.revision} ${step.at}`}
          className={step.standing === "current" ? "" : "text-dim"}
        >
          <div className="flex items-baseline justify-between gap-2">
            <span className="truncate">
              {step.kind === "source" ? `Imported with ${step.by}` : step.by}
              {step.standing === "current" ? "" : ` · ${step.standing}`}
              {step.flagged ? " · flagged" : ""}
            </span>
            {step.at ? (
              <span className="text-[12px] text-faint">
                <RelativeTime at={step.at} />
              </span>
            ) : null}
          </div>
          <Changes labels={step.labels} against={step.kind === "source" ? "" : source} findings={findings} />
          {step.comment === "" ? null : <p className="text-[12px] text-dim">“{step.comment}”</p>}
        </li>
      ))}
    </ol>
  );
}

function Changes({
  labels,
  against,
  findings,
}: {
  labels: string;
  against: string;
  findings: readonly ShownFinding[];
}) {
  const changed = findings.filter(({ position }) => stateAt(labels, position) !== stateAt(against, position));
  if (changed.length === 0) {
    return <p className="text-[12px] text-faint">{against === "" ? "Nothing mentioned" : "As imported"}</p>;
  }
  return (
    <ul className="flex flex-wrap gap-x-3 text-[12px] leading-5">
      {changed.map(({ name, shortName, position }) => (
        <li key={name} className="inline-flex items-center gap-1.5">
          <StateDot state={stateAt(labels, position)} size={10} />
          {shortName}
        </li>
      ))}
    </ul>
  );
}
