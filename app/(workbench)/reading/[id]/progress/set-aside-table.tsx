"use client";

import Link from "next/link";
import { useState, useTransition } from "react";
import { Button, LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { DataTable } from "@/app/_components/data-table";
import { Notice } from "@/app/_components/notice";
import { RelativeTime } from "@/app/_components/relative-time";
import type { SetAside } from "@/server/reading/schema";
import { giveBack, unflag } from "../../actions";
import { FilmThumbnail } from "../film-thumbnail";

type Props = {
  what: "skipped" | "flagged";
  worklist: number;
  rows: readonly SetAside[];
  /** Key of the next page; null on the last. */
  next: number | null;
};

const words = {
  skipped: { title: "Skipped", why: "Reason", back: "Back into the queue", none: "Nothing was skipped." },
  flagged: { title: "Flagged", why: "Comment", back: "Read once more", none: "Nothing is flagged." },
} as const;

/** Studies that readers skipped or flagged; one press sends one back, before all others. */
export function SetAsideTable({ what, worklist, rows, next }: Props) {
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const act = (run: () => Promise<string | null>) => start(async () => setProblem(await run()));
  const { title, why, back, none } = words[what];
  return (
    <Card title={title} aside={rows.length === 0 ? undefined : `${rows.length}${next === null ? "" : "+"}`}>
      {problem ? <Notice tone="error">{problem}</Notice> : null}
      <DataTable
        label={`${title} studies`}
        columns={[
          { key: "film", title: <span className="sr-only">Film</span>, width: "44px" },
          { key: "patient", title: "Patient" },
          { key: "why", title: why },
          { key: "reader", title: "Reader" },
          { key: "at", title: "When" },
          { key: "do", title: <span className="sr-only">Actions</span> },
        ]}
        rows={rows.map((row) => ({
          key: row.item,
          cells: {
            film: <FilmThumbnail image={row.image} />,
            patient: (
              <Link href={`/patients/${row.patientId}`} className="text-accent hover:underline">
                {row.patient}
              </Link>
            ),
            why: [row.reason, row.comment].filter((text) => text).join(": ") || "–",
            reader: row.reader ?? "–",
            at: <RelativeTime at={row.at} />,
            do: (
              <span className="flex justify-end gap-2">
                {what === "flagged" ? (
                  <Button
                    size="sm"
                    variant="ghost"
                    isDisabled={pending}
                    onPress={() => act(() => unflag(worklist, row.item))}
                  >
                    Take the flag off
                  </Button>
                ) : null}
                <Button
                  size="sm"
                  isDisabled={pending}
                  onPress={() => act(() => giveBack(worklist, row.item))}
                >
                  {back}
                </Button>
              </span>
            ),
          },
        }))}
        empty={<p className="text-dim">{none}</p>}
      />
      {next === null ? null : (
        <div className="mt-3">
          <LinkButton href={`/reading/${worklist}/progress?${what}=${next}`}>More</LinkButton>
        </div>
      )}
    </Card>
  );
}
