"use client";

import { useState, useTransition } from "react";
import { Button } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { Notice } from "@/app/_components/notice";
import { clear, reject } from "./actions";

/** Clears films, or rejects them after asking once more: their files are deleted. */
export function Decide({ ids }: { ids: readonly number[] }) {
  const [asking, setAsking] = useState(false);
  const [obstacle, setObstacle] = useState<string | null>(null);
  const [working, start] = useTransition();
  const films = ids.length === 1 ? "this film" : `${ids.length} films`;
  const decide = (how: typeof clear) =>
    start(async () => {
      setAsking(false);
      setObstacle(await how([...ids]));
    });
  return (
    <>
      {obstacle ? <Notice tone="error">{obstacle}</Notice> : null}
      <div className="flex flex-wrap items-center justify-end gap-2">
        <Button variant="danger" isDisabled={working} onPress={() => setAsking(true)}>
          Reject {films}
        </Button>
        <Button variant="primary" pending={working} onPress={() => decide(clear)}>
          Clear {films}: no text names anybody
        </Button>
      </div>
      <Dialog
        title={`Reject ${films}?`}
        open={asking}
        onOpenChange={setAsking}
        size="sm"
        footer={
          <>
            <Button onPress={() => setAsking(false)}>Not now</Button>
            <Button variant="danger" onPress={() => decide(reject)}>
              Reject and delete
            </Button>
          </>
        }
      >
        What Overread stored of {ids.length === 1 ? "it" : "them"} is deleted, and a later import refuses{" "}
        {ids.length === 1 ? "it" : "them"} again. The original stays where it was imported from.
      </Dialog>
    </>
  );
}
