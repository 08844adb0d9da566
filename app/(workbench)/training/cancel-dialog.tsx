"use client";

import { type ReactNode, useState, useTransition } from "react";
import { Button } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { Notice } from "@/app/_components/notice";

type Props = {
  /** "run", "sweep" */
  kind: string;
  id: number;
  /** It was told to end already. */
  requested?: boolean;
  /** What stays and what does not. */
  children: ReactNode;
  /** Ends it; what is in the way, else null. */
  end(id: number): Promise<string | null>;
  onEnded?(): void;
};

/** Ends work in the background, after one question. */
export function CancelDialog({ kind, id, requested = false, children, end, onEnded }: Props) {
  const [asking, setAsking] = useState(false);
  const [obstacle, setObstacle] = useState<string | null>(null);
  const [sending, startSending] = useTransition();
  const send = () =>
    startSending(async () => {
      const said = await end(id);
      setObstacle(said);
      if (said !== null) return;
      setAsking(false);
      onEnded?.();
    });
  return (
    <>
      <Button isDisabled={requested} onPress={() => setAsking(true)}>
        {requested ? "Cancelling…" : `Cancel ${kind}`}
      </Button>
      <Dialog
        title={`Cancel ${kind} ${id}?`}
        open={asking}
        onOpenChange={setAsking}
        size="sm"
        footer={
          <>
            <Button onPress={() => setAsking(false)}>Keep it running</Button>
            <Button variant="danger" pending={sending} onPress={send}>
              Cancel {kind}
            </Button>
          </>
        }
      >
        <p>{children}</p>
        {obstacle ? <Notice tone="error">{obstacle}</Notice> : null}
      </Dialog>
    </>
  );
}
