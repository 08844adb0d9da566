"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button, LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { Notice } from "@/app/_components/notice";
import { Progress } from "@/app/_components/progress";
import type { ImportShown } from "@/server/datasets/import-queries";
import type { ImportResult } from "@/server/datasets/schema";
import { repeat } from "../actions";
import { ImportFigures } from "./import-figures";

const phases = {
  unpacking: "Unpacking the archive",
  reading: "Reading the table",
  films: "Checking and storing films",
  saving: "Putting it together",
} as const;

/** An import while it runs, and what it came to. Can be left: it goes on in the background. */
export function LiveImport({ atStart }: { atStart: ImportShown }) {
  const [shown, setShown] = useState(atStart);
  const [obstacle, setObstacle] = useState<string | null>(null);
  const router = useRouter();
  const over = shown.status === "done" || shown.status === "failed";
  useEffect(() => {
    if (over) return;
    const timer = setInterval(async () => {
      const response = await fetch(`/api/imports/${atStart.id}`).catch(() => null);
      if (!response?.ok) return;
      const next = (await response.json()) as ImportShown;
      setShown(next);
      // The list of rows not taken comes with the page.
      if (next.status === "done" || next.status === "failed") router.refresh();
    }, 700);
    return () => clearInterval(timer);
  }, [atStart.id, over, router]);

  if (shown.status === "failed") {
    const again = <Button onPress={async () => setObstacle(await repeat(shown.id))}>Import again</Button>;
    return (
      <>
        <Notice tone="error" title="Nothing was imported" action={again}>
          {shown.error}
        </Notice>
        {obstacle ? <Notice tone="error">{obstacle}</Notice> : null}
      </>
    );
  }
  if (shown.result) {
    return (
      <Card
        title={nothingTaken(shown.result) ? "Nothing was taken" : "Done"}
        aside={
          nothingTaken(shown.result) ? null : (
            <LinkButton href={`/datasets/${encodeURIComponent(shown.dataset)}`}>Open the dataset</LinkButton>
          )
        }
      >
        <ImportFigures result={shown.result} isFiles={shown.format === "dicom"} />
        {shown.result.quarantined ? (
          <div className="mt-4">
            <Notice
              tone="warn"
              title={inQuarantine(shown.result.quarantined)}
              action={<LinkButton href="/datasets/quarantine">Open quarantine</LinkButton>}
            >
              Text that names somebody may be burned in. A film is in the dataset once somebody has looked at
              it and cleared it.
            </Notice>
          </div>
        ) : null}
      </Card>
    );
  }
  const { progress } = shown;
  return (
    <Card>
      <Progress
        label={progress ? phaseWords(progress.phase, shown.format) : "Waiting for a worker"}
        done={progress?.done ?? 0}
        total={progress?.total ?? 0}
        note={progress?.secondsLeft === undefined ? undefined : `about ${progress.secondsLeft} s left`}
      />
      <p className="mt-3 text-dim">You can leave this page; the import goes on.</p>
    </Card>
  );
}

function phaseWords(phase: keyof typeof phases, format: string): string {
  return format === "dicom" && phase === "reading" ? "Looking for files" : phases[phase];
}

function inQuarantine(films: number): string {
  return films === 1 ? "1 film is in quarantine" : `${films.toLocaleString("en-US")} films are in quarantine`;
}

function nothingTaken({ rows, rejected }: ImportResult): boolean {
  return rows > 0 && rejected.count === rows;
}
