"use client";

import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { Notice } from "@/app/_components/notice";
import { endSweep } from "../actions";

/** Ends the sweep, after one question. */
export function EndButton({ sweep }: { sweep: number }) {
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const [obstacle, setObstacle] = useState<string | null>(null);
  const [sending, startSending] = useTransition();
  const send = () =>
    startSending(async () => {
      const said = await endSweep(sweep);
      setObstacle(said);
      if (said !== null) return;
      setAsking(false);
      router.refresh();
    });
  return (
    <>
      <Button onPress={() => setAsking(true)}>Cancel sweep</Button>
      <Dialog
        title={`Cancel sweep ${sweep}?`}
        open={asking}
        onOpenChange={setAsking}
        size="sm"
        footer={
          <>
            <Button onPress={() => setAsking(false)}>Keep it running</Button>
            <Button variant="danger" pending={sending} onPress={send}>
              Cancel sweep
            </Button>
          </>
        }
      >
        <p>It stops within seconds. The trials that are done stay; it cannot go on afterwards.</p>
        {obstacle ? <Notice tone="error">{obstacle}</Notice> : null}
      </Dialog>
    </>
  );
}
