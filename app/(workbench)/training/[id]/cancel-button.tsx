"use client";

import { useState, useTransition } from "react";
import { Button } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { Notice } from "@/app/_components/notice";
import { cancel } from "../actions";

/** Ends the run, after one question: what was trained so far is not kept. */
export function CancelButton({ run, requested }: { run: number; requested: boolean }) {
  const [asking, setAsking] = useState(false);
  const [obstacle, setObstacle] = useState<string | null>(null);
  const [sending, startSending] = useTransition();
  const send = () =>
    startSending(async () => {
      const said = await cancel(run);
      setObstacle(said);
      if (said === null) setAsking(false);
    });
  return (
    <>
      <Button isDisabled={requested} onPress={() => setAsking(true)}>
        {requested ? "Cancelling…" : "Cancel run"}
      </Button>
      <Dialog
        title={`Cancel run ${run}?`}
        open={asking}
        onOpenChange={setAsking}
        size="sm"
        footer={
          <>
            <Button onPress={() => setAsking(false)}>Keep it running</Button>
            <Button variant="danger" pending={sending} onPress={send}>
              Cancel run
            </Button>
          </>
        }
      >
        <p>It stops within seconds. Its curves and log stay; it leaves no model.</p>
        {obstacle ? <Notice tone="error">{obstacle}</Notice> : null}
      </Dialog>
    </>
  );
}
