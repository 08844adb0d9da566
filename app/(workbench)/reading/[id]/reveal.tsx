"use client";

import { Button } from "@/app/_components/button";
import { StateDot } from "@/app/_components/state-dot";
import { stateAt } from "@/server/labels/states";
import type { Finding } from "@/server/labels/vocabulary";
import type { Known } from "@/server/reading/schema";

type Props = { findings: readonly Finding[]; mine: string; known: Known; onNext(): void };

/** After the submission: my read beside the source, the other reads and what models said. */
export function Reveal({ findings, mine, known, onNext }: Props) {
  const others = known.others.slice(0, 3);
  return (
    <>
      <div className="flex items-baseline gap-2">
        <h1 className="font-semibold text-[20px] leading-7">Submitted</h1>
        <span className="ml-auto text-dim">now {known.origin}</span>
      </div>
      <table className="w-full" aria-label="My read beside the others">
        <thead>
          <tr className="text-[12px] text-dim">
            <th className="text-left font-medium">Finding</th>
            <th className="w-12 font-medium">me</th>
            <th className="w-14 font-medium">source</th>
            {others.map(({ reader }, at) => (
              <th key={reader} className="w-10 font-medium" title={reader}>
                {`r${at + 1}`}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {findings.map(({ position, shortName }) => {
            const own = stateAt(mine, position);
            const source = stateAt(known.source, position);
            return (
              <tr key={position} className={`h-[29px] ${own === source ? "text-dim" : "bg-raise text-text"}`}>
                <td className="rounded-l-md pl-2">{shortName}</td>
                <td className="text-center">
                  <StateDot state={own} />
                </td>
                <td className={`text-center ${others.length === 0 ? "rounded-r-md" : ""}`}>
                  <StateDot state={source} />
                </td>
                {others.map(({ reader, labels }) => (
                  <td key={reader} className="text-center">
                    <StateDot state={stateAt(labels, position)} />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
      {known.models.map(({ run, image, classes }) => (
        <p key={`${run}-${image}`} className="text-dim">
          Run {run}: {classes.map(({ name, probability }) => `${name} ${probability.toFixed(2)}`).join(", ")}
        </p>
      ))}
      <div className="mt-auto flex justify-end pt-2">
        <Button variant="primary" onPress={onNext}>
          Next study ⏎
        </Button>
      </div>
    </>
  );
}
