import { Download } from "lucide-react";
import { LinkButton } from "@/app/_components/button";
import { sharesText } from "@/server/splits/rules";
import type { SplitAudit, SplitDetail } from "@/server/splits/schema";
import { headlineOf } from "./leak-words";
import { MendButton } from "./mend-button";
import { newestTwin } from "./mending";

type Props = {
  split: SplitDetail;
  audit: SplitAudit;
  proposedName: string;
  may: { mend: boolean; train: boolean };
};

const strategyWords = { random: "each image by itself", patient: "whole patients" } as const;
const stratifyWords = {
  class: "classes in proportion",
  "class-source": "classes and sources in proportion",
  none: "nothing held in proportion",
} as const;

/** The finding in one sentence, and what can be done about it. */
export function HeadlineCard({ split, audit, proposedName, may }: Props) {
  const { leaking, count, text, sub } = headlineOf(audit, split.cohort.classes, split.cohort.patients);
  return (
    <section className="grid items-center gap-x-8 gap-y-3 rounded-[10px] border border-line bg-panel p-4 lg:grid-cols-[1fr_auto]">
      <div className="min-w-0">
        <p className="text-dim">
          <span className="text-text">{split.name}</span> · {strategyWords[split.strategy]} ·{" "}
          {sharesText(split.shares)} · seed {split.seed} · {stratifyWords[split.stratify]}
        </p>
        <h1 className="mt-1 font-semibold text-[24px] leading-8">
          {count === null ? null : <span className="text-leak">{count} </span>}
          {text}
        </h1>
        <p className="mt-1 max-w-[115ch] text-dim">{sub}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        <LinkButton
          href={`/api/splits/${split.id}/export`}
          download={`${split.name}.csv`}
          icon={<Download aria-hidden size={14} />}
        >
          Export
        </LinkButton>
        {may.train ? (
          <LinkButton href={`/training?split=${split.id}`} variant={leaking ? "secondary" : "primary"}>
            Train on this split
          </LinkButton>
        ) : null}
        {audit.leaks.groups > 0 && may.mend ? (
          <MendButton
            split={{ id: split.id, name: split.name }}
            proposedName={proposedName}
            twin={newestTwin(split)}
          />
        ) : null}
      </div>
    </section>
  );
}
