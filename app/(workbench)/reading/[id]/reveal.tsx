"use client";

import type { Finding } from "@/server/labels/vocabulary";
import { LastHead } from "./last-head";
import { ModelSays } from "./model-says";
import type { LastRead } from "./room-state";
import { difference, sidesOf } from "./sides";
import { SidesTable } from "./sides-table";

type Props = { findings: readonly Finding[]; last: LastRead };

/** All of what is known of the study before, side by side: my read, the source, the other reads, the models. */
export function Reveal({ findings, last }: Props) {
  const { outcome } = last;
  const submitted = outcome.kind === "revealed" ? outcome.submitted : null;
  return (
    <>
      <div className="flex items-baseline gap-2 px-0.5">
        <h1 className="font-semibold text-[20px] leading-7">Last read</h1>
        {submitted ? (
          <span className="ml-auto text-dim">{difference(findings, submitted.labels, submitted.known)}</span>
        ) : null}
      </div>
      <LastHead last={last} />
      {submitted ? (
        <>
          <SidesTable findings={findings} sides={sidesOf(submitted)} name="My read beside the others" />
          <ModelSays models={submitted.known.models} />
          {submitted.known.others
            .slice(0, 3)
            .filter(({ comment }) => comment !== "")
            .map(({ reader, comment }) => (
              <p key={reader} className="border-line border-l-2 px-2.5 text-dim">
                <span className="text-text">{reader}:</span> {comment}
              </p>
            ))}
        </>
      ) : null}
    </>
  );
}
