"use client";

import { type FormEvent, useId, useState, useTransition } from "react";
import { Button } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { CheckboxField, TextField } from "@/app/_components/field";
import { Notice } from "@/app/_components/notice";
import type { EligibleReader } from "@/server/reading/chosen-readers";
import { changeWorklist } from "../../actions";
import { MannerFields } from "../../manner-fields";
import { mannerOfForm } from "../../manner-of-form";

export type Editable = {
  readonly id: number;
  readonly name: string;
  readonly readsWanted: number;
  readonly blind: boolean;
  readonly priority: number;
  readonly dueOn: string | null;
  readonly readers: number[];
};

type Props = { worklist: Editable; readers: readonly EligibleReader[] };

/** What can still be changed of a worklist; only what was changed here is sent. */
export function EditDialog({ worklist, readers }: Props) {
  const form = useId();
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [saving, start] = useTransition();
  const show = (next: boolean) => {
    setOpen(next);
    setProblem(null);
  };
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const wanted = {
      name: String(fields.get("name") ?? "").trim(),
      readsWanted: Number(fields.get("readsWanted")),
      blind: fields.get("blind") !== null,
      ...mannerOfForm(fields),
    };
    start(async () => {
      const refused = await changeWorklist(worklist.id, changesOf(worklist, wanted));
      setProblem(refused);
      if (refused === null) setOpen(false);
    });
  };
  return (
    <>
      <Button onPress={() => show(true)}>Edit</Button>
      <Dialog
        title="Edit the worklist"
        open={open}
        onOpenChange={show}
        footer={
          <>
            <Button onPress={() => show(false)}>Cancel</Button>
            <Button type="submit" form={form} variant="primary" pending={saving}>
              Save
            </Button>
          </>
        }
      >
        <form id={form} onSubmit={save} className="flex flex-col gap-3">
          {problem ? <Notice tone="error" title={problem} /> : null}
          <TextField label="Name" name="name" defaultValue={worklist.name} isRequired maxLength={120} />
          <TextField
            label="Reads of each study"
            name="readsWanted"
            defaultValue={String(worklist.readsWanted)}
            description="More asks for another reader of each; with fewer no read is lost."
          />
          <CheckboxField
            label="Blind"
            name="blind"
            defaultSelected={worklist.blind}
            description="Reads that are there keep whether they were."
          />
          <MannerFields readers={readers} first={worklist} />
        </form>
      </Dialog>
    </>
  );
}

/** Another window's change of something else is not written over. */
function changesOf(
  before: Editable,
  { readers, ...wanted }: Omit<Editable, "id">,
): Partial<Omit<Editable, "id">> {
  const changed = Object.entries(wanted).filter(
    ([field, value]) => before[field as keyof Editable] !== value,
  );
  const same = readers.length === before.readers.length && readers.every((id) => before.readers.includes(id));
  return { ...Object.fromEntries(changed), ...(same ? {} : { readers }) };
}
