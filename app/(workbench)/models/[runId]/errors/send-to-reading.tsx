"use client";

import Link from "next/link";
import { useState, useTransition } from "react";
import { Button, LinkButton } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { TextField } from "@/app/_components/field";
import { Notice } from "@/app/_components/notice";
import { send } from "./actions";

type Props = { run: number; images: readonly number[]; onSent(): void };
type Outcome =
  | { readonly sent: true; readonly id: number; readonly name: string; readonly added: number }
  | { readonly sent: false; readonly message: string };

/** Makes a worklist of the chosen films' studies, or fills the one of that name, and leads there. */
export function SendToReading({ run, images, onSent }: Props) {
  const [open, setOpen] = useState(false);
  const [worklist, setWorklist] = useState(`Errors of run ${run}`);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [sending, startSending] = useTransition();
  const films =
    images.length === 1 ? "The study of this film goes" : `The studies of ${images.length} films go`;
  const submit = () =>
    startSending(async () => {
      const answer = await send({ images: [...images], worklist });
      setOutcome(answer.ok ? { sent: true, ...answer.value } : { sent: false, message: answer.message });
      if (answer.ok) onSent();
    });
  const change = (next: boolean) => {
    setOpen(next);
    if (next) setOutcome(null);
  };
  return (
    <>
      <Button variant="primary" onPress={() => change(true)}>
        {images.length === 1 ? "Send to reading" : `Send ${images.length} to reading`}
      </Button>
      <Dialog
        title="Send to reading"
        open={open}
        onOpenChange={change}
        size="sm"
        footer={
          outcome?.sent ? (
            <>
              <Button onPress={() => change(false)}>Back to the errors</Button>
              <LinkButton href={`/reading/${outcome.id}`} variant="primary">
                Open the worklist
              </LinkButton>
            </>
          ) : (
            <>
              <Button onPress={() => change(false)}>Not now</Button>
              <Button variant="primary" pending={sending} onPress={submit}>
                Send
              </Button>
            </>
          )
        }
      >
        {outcome?.sent ? (
          <p>
            {added(outcome.added)}{" "}
            <Link
              href={`/reading/${outcome.id}/progress`}
              className="text-accent underline underline-offset-2"
            >
              {outcome.name}
            </Link>
            .
          </p>
        ) : (
          <div className="flex flex-col gap-3">
            <p>
              {films} to the end of a worklist. Readers see nothing of the model before they have submitted.
            </p>
            <TextField
              label="Worklist"
              value={worklist}
              onChange={setWorklist}
              maxLength={120}
              description="Made if there is none of this name."
            />
            {outcome ? <Notice tone="error">{outcome.message}</Notice> : null}
          </div>
        )}
      </Dialog>
    </>
  );
}

function added(studies: number): string {
  if (studies === 0) return "Nothing was added: these studies are all on";
  return studies === 1 ? "1 study was added to" : `${studies} studies were added to`;
}
