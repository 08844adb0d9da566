"use client";

import { type FormEvent, useState, useTransition } from "react";
import { Button, LinkButton } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { TextField } from "@/app/_components/field";
import { Notice } from "@/app/_components/notice";
import type { MendedSplit } from "@/server/integrity/schema";
import { mend } from "../actions";
import { BeforeAfter } from "./before-after";

type Props = { split: { id: number; name: string }; proposedName: string };

/**
 * Asks for a name, mends, and shows both splits side by side. A split that has a mended twin leads there: the
 * same once more would be the same split.
 */
export function MendButton({ split, proposedName, twin }: Props & { twin: { id: number } | null }) {
  const [open, setOpen] = useState(false);
  const [mended, setMended] = useState<MendedSplit | null>(null);
  const change = (next: boolean) => {
    setOpen(next);
    if (!next) setMended(null);
  };
  return (
    <>
      {twin ? (
        <LinkButton href={`/splits/${twin.id}`} variant="primary">
          Open the mended split
        </LinkButton>
      ) : (
        <Button variant="primary" onPress={() => setOpen(true)}>
          Mend into a new split
        </Button>
      )}
      <Dialog title="Mend into a new split" open={open && !mended} onOpenChange={change} size="sm">
        <MendForm split={split} proposedName={proposedName} onMended={setMended} />
      </Dialog>
      <Dialog
        size="wide"
        title={`${mended?.name ?? "The new split"} is made`}
        open={open && mended !== null}
        onOpenChange={change}
      >
        {mended ? <Mended mended={mended} /> : null}
      </Dialog>
    </>
  );
}

function MendForm({ split, proposedName, onMended }: Props & { onMended: (mended: MendedSplit) => void }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    start(async () => {
      setProblem(null);
      const answer = await mend({ split: split.id, name: String(form.get("name")) });
      if (answer.ok) onMended(answer.value);
      else setProblem(answer.message);
    });
  };
  return (
    <form onSubmit={send} className="flex flex-col gap-3">
      {problem ? <Notice tone="error" title={problem} /> : null}
      <p className="text-dim">
        The same images, parts and seed, with each patient and each film on one side only. {split.name} stays
        as it is.
      </p>
      <TextField label="Name" name="name" defaultValue={proposedName} maxLength={120} autoFocus />
      <Button type="submit" variant="primary" pending={pending} className="self-end">
        Mend
      </Button>
    </form>
  );
}

function Mended({ mended }: { mended: MendedSplit }) {
  const { classes, before, after, leaked } = mended;
  return (
    <div className="flex flex-col gap-3">
      <p>
        <span className="text-leak">{leaked.before.toLocaleString("en-US")} leaked images before</span>,{" "}
        {leaked.after === 0 ? "none" : leaked.after} after. Class shares stay within {after.drift.toFixed(1)}{" "}
        percentage points of the whole cohort’s.
      </p>
      <BeforeAfter classes={classes} before={before} after={after} />
      <div className="flex justify-end gap-2">
        <LinkButton href={`/training?split=${mended.id}`}>Train on it</LinkButton>
        <LinkButton href={`/splits/${mended.id}`} variant="primary">
          Open {mended.name}
        </LinkButton>
      </div>
    </div>
  );
}
