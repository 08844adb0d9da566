"use client";

import { useActionState } from "react";
import { Button } from "@/app/_components/button";
import { TextField } from "@/app/_components/field";
import { Notice } from "@/app/_components/notice";
import { freeze } from "./actions";

/** A name for the labels as they stand now. */
export function FreezeForm() {
  const [outcome, submit, freezing] = useActionState(freeze, null);
  return (
    <form action={submit} className="flex flex-col gap-3">
      <TextField
        label="Name"
        name="name"
        isRequired
        maxLength={120}
        description="Cohorts, runs and exports name it. It never changes."
      />
      {outcome ? <Notice tone={outcome.ok ? "info" : "error"}>{outcome.message}</Notice> : null}
      <Button type="submit" variant="primary" pending={freezing} className="self-start">
        Freeze labels
      </Button>
    </form>
  );
}
