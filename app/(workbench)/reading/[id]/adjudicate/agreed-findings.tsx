import { stateAt } from "@/server/labels/states";
import type { Finding } from "@/server/labels/vocabulary";
import type { CaseDraft } from "@/server/reading/adjudication-schema";
import { FindingRow } from "../finding-row";
import { KeyOf } from "../key-of";

type Props = {
  findings: readonly Finding[];
  /** What any of the readers says: of these findings they all say the same. */
  said: string;
  decision: CaseDraft;
  unfolded: boolean;
  disabled: boolean;
  onFold(): void;
  onLetter(position: number): void;
};

/** What all readers say alike, folded away: it may still be set otherwise. */
export function AgreedFindings({ findings, said, decision, unfolded, disabled, onFold, onLetter }: Props) {
  const stated = findings.filter(({ position }) => stateAt(decision.labels, position) !== "unmentioned");
  const changed = findings.filter(
    ({ position }) => stateAt(decision.labels, position) !== stateAt(said, position),
  );
  return (
    <section aria-label="What the readers agree on">
      <button
        type="button"
        aria-expanded={unfolded}
        onMouseDown={(event) => event.preventDefault()}
        onKeyDown={(event) => event.key === "Enter" && event.stopPropagation()}
        onClick={onFold}
        className="flex h-8 w-full cursor-pointer items-center gap-2 rounded-md px-2 text-left text-dim hover:bg-raise"
      >
        <span aria-hidden>{unfolded ? "▾" : "▸"}</span>
        {findings.length} agreed
        <span className="text-faint">
          {stated.length === 0 ? "none of them mentioned" : `${stated.length} of them set`}
          {changed.length === 0 ? "" : `, ${changed.length} changed by you`}
        </span>
        <span className="ml-auto">
          <KeyOf action="flag" />
        </span>
      </button>
      {unfolded ? (
        <ul>
          {findings.map((finding) => (
            <FindingRow
              key={finding.position}
              finding={finding}
              state={stateAt(decision.labels, finding.position)}
              source={null}
              regions={0}
              disabled={disabled}
              onCycle={() => onLetter(finding.position)}
            />
          ))}
        </ul>
      ) : null}
    </section>
  );
}
