"use client";

import { type FormEvent, useState, useTransition } from "react";
import { Button } from "@/app/_components/button";
import { TextField } from "@/app/_components/field";
import { Notice } from "@/app/_components/notice";
import { freeze } from "./actions";

/** A name for the labels as they stand now. */
export function FreezeForm() {
  const [name, setName] = useState("");
  const [outcome, setOutcome] = useState<{ ok: boolean; message: string } | null>(null);
  const [freezing, start] = useTransition();
  // Not the form's action: a name that is refused stays to be mended.
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    start(async () => {
      const said = await freeze(null, form);
      setOutcome(said);
      if (said.ok) setName("");
    });
  };
  return (
    <form onSubmit={submit} className="mb-3 flex flex-col gap-3">
      <div className="flex items-end gap-2">
        <TextField label="Name" name="name" value={name} onChange={setName} isRequired maxLength={120} />
        <Button type="submit" variant="primary" pending={freezing} className="h-[30px] shrink-0">
          Freeze labels
        </Button>
      </div>
      {outcome ? <Notice tone={outcome.ok ? "info" : "error"}>{outcome.message}</Notice> : null}
    </form>
  );
}
