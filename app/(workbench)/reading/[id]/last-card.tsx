"use client";

import type { Finding } from "@/server/labels/vocabulary";
import { KeyOf } from "./key-of";
import { LastHead } from "./last-head";
import type { LastRead } from "./room-state";
import { difference, sidesDiffer, sidesOf } from "./sides";
import { SidesTable } from "./sides-table";

/** Lines that find room below the findings of the study that is up, what a model says among them. */
const mostLines = 4;

type Props = { findings: readonly Finding[]; last: LastRead };

/** What the reader has just read, beside what was kept from her: for a glance, while the next film is up. */
export function LastCard({ findings, last }: Props) {
  const { outcome } = last;
  return (
    <section aria-label="Last read" className="rounded-md border border-line px-2.5 py-2 text-[12px]">
      <div className="flex items-start gap-2">
        <LastHead
          last={last}
          words={
            outcome.kind === "revealed"
              ? difference(findings, outcome.submitted.labels, outcome.submitted.known)
              : undefined
          }
        />
        {outcome.kind === "revealed" ? <KeyOf action="last" /> : null}
      </div>
      {outcome.kind === "refused" ? (
        <p className="mt-1.5 border-danger border-l-2 pl-2">
          {outcome.problem} What you typed is kept: {wordsOf(findings, last)}.
        </p>
      ) : null}
      {outcome.kind === "revealed" ? <Differing findings={findings} submitted={outcome.submitted} /> : null}
    </section>
  );
}

type Revealed = Extract<LastRead["outcome"], { kind: "revealed" }>;

function Differing({ findings, submitted }: Pick<Props, "findings"> & Pick<Revealed, "submitted">) {
  const sides = sidesOf(submitted);
  const rows = findings.filter((finding) => sidesDiffer(sides, finding));
  const [model] = submitted.known.models;
  const mostRows = model ? mostLines - 1 : mostLines;
  const [surest] = model?.classes.toSorted((a, b) => b.probability - a.probability) ?? [];
  return (
    <>
      {rows.length > 0 ? (
        <SidesTable
          findings={rows.slice(0, mostRows)}
          sides={sides}
          name="Where my last read differs"
          dense
        />
      ) : null}
      {rows.length > mostRows ? <p className="text-dim">and {rows.length - mostRows} more</p> : null}
      {model && surest ? (
        <p className="mt-0.5 text-dim">
          Run {model.run} says {surest.name}, {surest.probability.toFixed(2)}
        </p>
      ) : null}
    </>
  );
}

const signs: Readonly<Record<string, string>> = { "+": "positive", "-": "negative", "?": "uncertain" };

/** "Edema positive, Fracture uncertain" */
function wordsOf(findings: readonly Finding[], { reading }: LastRead): string {
  const said = findings.flatMap(({ position, shortName }) => {
    const state = signs[reading.labels[position] ?? ""];
    return state ? [`${shortName} ${state}`] : [];
  });
  return said.length === 0 ? "no finding set" : said.join(", ");
}
