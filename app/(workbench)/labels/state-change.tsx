import { StateDot } from "@/app/_components/state-dot";
import type { LabelState } from "@/server/labels/states";

/** From one state to another: two shapes and an arrow. */
export function StateChange({ from, to }: { from: LabelState; to: LabelState }) {
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap">
      <StateDot state={from} size={10} />
      <span aria-hidden className="text-dim">
        →
      </span>
      <StateDot state={to} size={10} />
    </span>
  );
}
