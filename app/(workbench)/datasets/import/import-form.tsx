"use client";

import { useActionState, useRef, useState } from "react";
import { Button } from "@/app/_components/button";
import { SelectField, TextField } from "@/app/_components/field";
import { Notice } from "@/app/_components/notice";
import { start } from "./actions";
import { FileSource } from "./file-source";

type Props = {
  formats: readonly { name: string; title: string; dataset: string; table: string | null }[];
  /** Folders of the server from which people may import. */
  roots: readonly string[];
};

/** What to import and from where: a folder on the server, or a file that is sent first. */
export function ImportForm({ formats, roots }: Props) {
  const [obstacle, submit, starting] = useActionState(start, null);
  const [from, setFrom] = useState<"server" | "upload">("server");
  const [format, setFormat] = useState(formats[0]?.name ?? "");
  const [uploaded, setUploaded] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const chosen = formats.find(({ name }) => name === format);
  return (
    <form ref={form} action={submit} className="flex flex-col gap-4">
      <SelectField
        label="Format"
        name="format"
        value={format}
        onChange={setFormat}
        description={chosen ? aboutFormat(chosen.table) : undefined}
        options={formats.map(({ name, title }) => ({ value: name, label: title }))}
      />
      <TextField
        key={format}
        label="Dataset"
        name="name"
        defaultValue={chosen?.dataset}
        description="The name that cohorts and exports use. An existing one is brought up to date."
        maxLength={80}
      />
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 font-medium text-[12px]">Where it is</legend>
        <div className="flex gap-2">
          {(["server", "upload"] as const).map((place) => (
            <Button
              key={place}
              variant={from === place ? "secondary" : "ghost"}
              onPress={() => setFrom(place)}
            >
              {place === "server" ? "On the server" : "On this computer"}
            </Button>
          ))}
        </div>
        {from === "server" ? (
          <TextField
            label={chosen?.table === null ? "Folder or file on the server" : "Folder or table on the server"}
            name="source"
            placeholder={roots[0]}
            description={`Below ${roots.join(" or ")}. ${aboutPlace(chosen?.table ?? null)}`}
            isRequired
          />
        ) : (
          <>
            <FileSource onSent={setUploaded} hasTable={chosen?.table !== null} />
            <input type="hidden" name="source" value={uploaded ?? ""} />
          </>
        )}
      </fieldset>
      {obstacle ? <Notice tone="error">{obstacle}</Notice> : null}
      <Button
        type="submit"
        variant="primary"
        size="lg"
        pending={starting}
        isDisabled={from === "upload" && uploaded === null}
        className="self-start"
      >
        Import
      </Button>
    </form>
  );
}

function aboutFormat(table: string | null): string {
  return table === null
    ? "Each file is de-identified before anything of it is stored; the originals stay where they are."
    : `Its table is called ${table}.`;
}

function aboutPlace(table: string | null): string {
  return table === null
    ? "A folder of files, with all folders in it, or one file."
    : `A folder with ${table} and the films, or a table alone (.csv, .csv.gz).`;
}
