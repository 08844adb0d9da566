"use client";

import Link from "next/link";
import { useState, useTransition } from "react";
import { Button } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { DataTable } from "@/app/_components/data-table";
import { Notice } from "@/app/_components/notice";
import type { SetAside } from "@/server/reading/schema";
import { giveBack, unflag } from "../../actions";

type Props = { what: "skipped" | "flagged"; worklist: number; rows: readonly SetAside[] };

/** Studies that readers skipped or flagged; one press sends one back. */
export function SetAsideTable({ what, worklist, rows }: Props) {
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const act = (run: () => Promise<string | null>) => start(async () => setProblem(await run()));
  return (
    <Card title={what === "skipped" ? `Skipped: ${rows.length}` : `Flagged: ${rows.length}`}>
      {problem ? <Notice tone="error">{problem}</Notice> : null}
      <DataTable
        label={what === "skipped" ? "Skipped studies" : "Flagged studies"}
        columns={[
          { key: "patient", title: "Patient" },
          { key: "reader", title: "Reader" },
          { key: "reason", title: what === "skipped" ? "Reason" : "Comment" },
          { key: "do", title: "" },
        ]}
        rows={rows.map((row) => ({
          key: row.item,
          cells: {
            patient: (
              <Link href={`/patients/${row.patientId}`} className="text-accent hover:underline">
                {row.patient}
              </Link>
            ),
            reader: row.reader ?? "–",
            reason: [row.reason, row.comment].filter((text) => text).join(": ") || "–",
            do: (
              <span className="flex justify-end gap-2">
                {what === "flagged" ? (
                  <Button
                    size="sm"
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
                  Back into the queue
                </Button>
              </span>
            ),
          },
        }))}
        empty={what === "skipped" ? "Nothing was skipped." : "Nothing is flagged."}
      />
    </Card>
  );
}
