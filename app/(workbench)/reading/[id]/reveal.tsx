"use client";

import { StateDot } from "@/app/_components/state-dot";
import { sameLabels, stateAt } from "@/server/labels/states";
import type { Finding } from "@/server/labels/vocabulary";
import type { Known, Submitted } from "@/server/reading/schema";
import { KeyOf } from "./key-of";
import { ModelSays } from "./model-says";
import { RoomButton } from "./room-button";

type Props = {
  findings: readonly Finding[];
  submitted: Submitted;
  problem: string | null;
  onNext(): void;
};

/** After the submission, for one glance: my read beside the source, the other reads and what models said. */
export function Reveal({ findings, submitted, problem, onNext }: Props) {
  const { labels: mine, known } = submitted;
  const others = known.others.slice(0, 3);
  const columns = [
    { title: "me", name: "My read", labels: mine },
    { title: "source", name: "Source label", labels: known.source },
    ...others.map(({ reader, kind, labels }) => ({
      title: kind === "adjudication" ? "adj." : initials(reader),
      name: reader,
      labels,
    })),
    ...(sameLabels(known.current, mine)
      ? []
      : [{ title: "now", name: `Current label, ${known.origin}`, labels: known.current }]),
  ];
  return (
    <>
      <div className="flex items-baseline gap-2 px-0.5">
        <h1 className="font-semibold text-[20px] leading-7">Submitted</h1>
        <span className="ml-auto text-dim">{difference(findings, mine, known)}</span>
      </div>
      <table className="w-full border-separate border-spacing-0" aria-label="My read beside the others">
        <thead>
          <tr className="text-[12px] text-dim">
            <th scope="col" className="sr-only">
              Finding
            </th>
            <td />
            {columns.map(({ title, name }) => (
              <th key={name} scope="col" title={name} className="h-6 w-12 font-medium">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {findings.map(({ position, shortName }) => {
            const states = columns.map(({ name, labels }) => ({ name, state: stateAt(labels, position) }));
            const differs = states.some(({ state }) => state !== states[0]?.state);
            return (
              <tr key={position} className={differs ? "text-text [&>*]:bg-raise" : "text-dim"}>
                <th scope="row" colSpan={2} className="h-[29px] rounded-l-md pl-2 text-left font-normal">
                  {shortName}
                </th>
                {states.map(({ name, state }) => (
                  <td key={name} className="text-center leading-none last:rounded-r-md">
                    <StateDot state={state} />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      <ModelSays models={known.models} />
      {others
        .filter(({ comment }) => comment !== "")
        .map(({ reader, comment }) => (
          <p key={reader} className="border-line border-l-2 px-2.5 text-dim">
            <span className="text-text">{reader}:</span> {comment}
          </p>
        ))}
      {problem ? <p className="border-danger border-l-2 px-2.5">{problem}</p> : null}
      <div className="mt-auto flex items-center justify-end gap-2 pt-2">
        <RoomButton variant="primary" onPress={onNext}>
          Next study <KeyOf action="submit" bare />
        </RoomButton>
      </div>
    </>
  );
}

/** "3 differ from the source" */
function difference(findings: readonly Finding[], mine: string, known: Known): string {
  const count = findings.filter(
    ({ position }) => stateAt(mine, position) !== stateAt(known.source, position),
  ).length;
  if (count === 0) return "as the source";
  return `${count} ${count === 1 ? "differs" : "differ"} from the source`;
}

/** "Dr. Adam Judge" → "AJ" */
function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}+$/u.test(word));
  return words.length === 0
    ? name.slice(0, 2)
    : words
        .map((word) => word[0])
        .join("")
        .slice(0, 3);
}
