import { StateDot } from "@/app/_components/state-dot";
import { stateAt } from "@/server/labels/states";

type Props = {
  labels: string;
  findings: readonly { readonly position: number; readonly name: string; readonly shortName: string }[];
};

/** What labels mention, in the vocabulary's order; the rest as one line. */
export function LabelList({ labels, findings }: Props) {
  const states = findings.map((finding) => ({ ...finding, state: stateAt(labels, finding.position) }));
  const mentioned = states.filter(({ state }) => state !== "unmentioned");
  const blank = states.length - mentioned.length;
  return (
    <ul className="text-[12px] leading-5">
      {mentioned.map(({ name, shortName, state }) => (
        <li key={name} className="flex items-center gap-2">
          <StateDot state={state} />
          <span className="truncate">{shortName}</span>
        </li>
      ))}
      <li className="flex items-center gap-2 text-dim">
        <StateDot state="unmentioned" />
        {mentioned.length === 0 ? "Nothing mentioned" : `${blank} not mentioned`}
      </li>
    </ul>
  );
}
