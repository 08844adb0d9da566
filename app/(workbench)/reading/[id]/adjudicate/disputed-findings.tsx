import { StateDot } from "@/app/_components/state-dot";
import { type LabelState, stateAt } from "@/server/labels/states";
import type { Finding } from "@/server/labels/vocabulary";
import { sidesOf } from "@/server/reading/adjudication-rules";
import type { AdjudicationCase, CaseRead } from "@/server/reading/adjudication-schema";
import { KeyOf } from "../key-of";
import type { CaseState } from "./case-state";
import { sideNames } from "./reader-names";

type Props = {
  room: CaseState;
  held: AdjudicationCase;
  onSide(which: 0 | 1, position: number): void;
  onLetter(position: number): void;
};

/** A row for each finding that readers differ on: what either side says, and what is decided. */
export function DisputedFindings({ room, held: { reads }, onSide, onLetter }: Props) {
  const { rows, decision, at, phase } = room;
  const [left, right] = sideNames(reads);
  return (
    <table aria-label="What the readers differ on" className="w-full border-separate border-spacing-y-0.5">
      <thead>
        <tr className="text-[12px] text-dim">
          <th scope="col" className="px-2 text-left font-medium">
            Finding
          </th>
          <SideHead action="film-before" name={left} />
          <SideHead action="next-film" name={right} />
          <th scope="col" className="w-[60px] font-medium">
            Decided
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((finding) => {
          const { position } = finding;
          const isSettled = decision.settled.includes(position);
          return (
            <DisputedRow
              key={position}
              finding={finding}
              reads={reads}
              sides={sidesOf(reads, position)}
              names={[left, right]}
              decided={isSettled ? stateAt(decision.labels, position) : null}
              current={position === at && phase === "deciding"}
              disabled={phase !== "deciding"}
              onSide={(which) => onSide(which, position)}
              onLetter={() => onLetter(position)}
            />
          );
        })}
      </tbody>
    </table>
  );
}

function SideHead({ action, name }: { action: "film-before" | "next-film"; name: string }) {
  return (
    <th scope="col" title={name} className="w-[76px] max-w-[76px] truncate font-medium">
      <KeyOf action={action} bare /> {name}
    </th>
  );
}

type RowProps = {
  finding: Finding;
  reads: readonly CaseRead[];
  sides: ReturnType<typeof sidesOf>;
  names: readonly [string, string];
  decided: LabelState | null;
  /** The arrows settle this one. */
  current: boolean;
  disabled: boolean;
  onSide(which: 0 | 1): void;
  onLetter(): void;
};

function DisputedRow({ finding: { name, shortName, key, position }, ...row }: RowProps) {
  const { reads, sides, names, decided, current, disabled } = row;
  const times = (state: LabelState) =>
    reads.filter(({ labels }) => stateAt(labels, position) === state).length;
  return (
    <tr
      aria-current={current}
      className={
        current
          ? "[&>*]:bg-raise [&>*]:shadow-[inset_0_1px_0_var(--color-accent),inset_0_-1px_0_var(--color-accent)]"
          : ""
      }
    >
      <th scope="row" className="h-9 rounded-l-md pl-2 text-left font-normal">
        <span className="grid grid-cols-[20px_1fr] items-center">
          <span aria-hidden className="text-[11px] text-faint">
            {key}
          </span>
          <span className={decided === null ? "text-text" : "text-dim"}>
            <span className="sr-only">{name}</span>
            <span aria-hidden>{shortName}</span>
          </span>
        </span>
      </th>
      {([0, 1] as const).map((which) => {
        const state = sides?.[which] ?? "unmentioned";
        return (
          <td key={which} className="text-center">
            <Choice
              label={`${name}: take ${names[which]}, ${state}`}
              disabled={disabled}
              chosen={decided === state}
              onPress={() => row.onSide(which)}
            >
              <StateDot state={state} size={13} />
              {reads.length > 2 ? <span className="text-[11px] text-dim">{times(state)}</span> : null}
            </Choice>
          </td>
        );
      })}
      <td className="rounded-r-md text-center">
        <Choice
          label={`${name}: ${decided ?? "open"}; take what neither says`}
          disabled={disabled}
          chosen={decided !== null && !sides?.includes(decided)}
          onPress={row.onLetter}
        >
          {decided === null ? (
            <span className="text-[11px] text-leak">open</span>
          ) : (
            <StateDot state={decided} size={13} />
          )}
        </Choice>
      </td>
    </tr>
  );
}

type ChoiceProps = {
  label: string;
  disabled: boolean;
  chosen: boolean;
  onPress(): void;
  children: React.ReactNode;
};

function Choice({ label, disabled, chosen, onPress, children }: ChoiceProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={chosen}
      disabled={disabled}
      onMouseDown={(event) => event.preventDefault()}
      onKeyDown={(event) => event.key === "Enter" && event.stopPropagation()}
      onClick={onPress}
      className={`inline-flex h-7 min-w-[44px] cursor-pointer items-center justify-center gap-1.5 rounded border ${chosen ? "border-accent" : "border-transparent enabled:hover:border-line"}`}
    >
      {children}
    </button>
  );
}
