"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button, LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { Notice } from "@/app/_components/notice";
import { Progress } from "@/app/_components/progress";
import type { ImportShown } from "@/server/datasets/import-queries";
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
        title="Done"
        aside={
          <LinkButton href={`/datasets/${encodeURIComponent(shown.dataset)}`}>Open the dataset</LinkButton>
        }
      >
        <ImportFigures result={shown.result} />
        {shown.result.quarantined ? (
          <div className="mt-4">
            <Notice
              tone="warn"
              title={`${shown.result.quarantined.toLocaleString("en-US")} of these films are in quarantine`}
              action={<LinkButton href="/datasets/quarantine">Look at them</LinkButton>}
            >
              Text that names somebody may be burned in. They are in the dataset once somebody has cleared
              them.
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
        label={progress ? phases[progress.phase] : "Waiting for a worker"}
        done={progress?.done ?? 0}
        total={progress?.total ?? 0}
        note={progress?.secondsLeft === undefined ? undefined : `about ${progress.secondsLeft} s left`}
      />
      <p className="mt-3 text-dim">You can leave this page; the import goes on.</p>
    </Card>
  );
}
