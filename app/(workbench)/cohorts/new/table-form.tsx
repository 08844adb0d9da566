"use client";

import { useState } from "react";
import { Button } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { SelectField, TextField } from "@/app/_components/field";
import { Notice } from "@/app/_components/notice";
import { headerColumns, nameOfFile } from "@/server/cohorts/rules";
import { FileField } from "./file-field";
import { PreviewCard } from "./preview-card";
import { usePreview } from "./use-preview";

type Table = {
  file: string;
  text: string;
  columns: readonly string[];
  classColumn: string;
  positive?: string;
};

/** What a page sends at most (next.config.ts, serverActions.bodySizeLimit), less the rest of the message. */
const largestFile = 950_000;

/** A cohort from a table of images: file, class column, positive class; counted before it is made. */
export function TableForm() {
  const { counts, counting, creating, problem, ask, make, forget } = usePreview();
  const [table, setTable] = useState<Table | null>(null);
  const [name, setName] = useState("");
  const [tooLarge, setTooLarge] = useState(false);
  const change = (next: Table) => {
    setTable(next);
    ask(sourceOf(next));
  };
  const take = async (file: File) => {
    setTooLarge(file.size > largestFile);
    if (file.size > largestFile) {
      setTable(null);
      forget();
      return;
    }
    const text = await file.text();
    const columns = headerColumns(text);
    const classColumn = columns.find((column) => column.toLowerCase() === "class") ?? "class";
    if (name === "") setName(nameOfFile(file.name));
    change({ file: file.name, text, columns, classColumn });
  };
  const classes = counts?.ok ? counts.value.order : [];
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[380px_1fr]">
      <Card>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (table) make(name, sourceOf(table));
          }}
          className="flex flex-col gap-4"
          aria-label="Cohort from a table"
        >
          {problem ? <Notice tone="error" title={problem} /> : null}
          <FileField file={table?.file ?? null} onFile={take} />
          {tooLarge ? (
            <Notice tone="error" title="This file is over 0.95 MB">
              Make this one at the shell: overread cohort create NAME --csv FILE
            </Notice>
          ) : null}
          {table && table.columns.length > 0 ? (
            <SelectField
              label="Class column"
              value={table.classColumn}
              options={classColumnOptions(table.columns)}
              onChange={(classColumn) => change({ ...table, classColumn, positive: undefined })}
            />
          ) : null}
          {table && classes.length > 1 ? (
            <SelectField
              label={classes.length === 2 ? "Positive class" : "First class"}
              description="What sensitivity, precision and the curves of a model are about."
              value={classes[0]}
              options={classes.map((one) => ({ value: one, label: one }))}
              onChange={(positive) => change({ ...table, positive })}
            />
          ) : null}
          <TextField label="Name of the cohort" value={name} onChange={setName} maxLength={120} />
          <Button
            type="submit"
            variant="primary"
            className="self-end"
            pending={creating}
            isDisabled={!counts?.ok || counting}
          >
            Make the cohort
          </Button>
        </form>
      </Card>
      <PreviewCard
        counts={counts}
        counting={counting}
        empty="Choose a table: its classes are counted here, and the rows that name no image are listed."
      />
    </div>
  );
}

function sourceOf({ text, classColumn, positive }: Table) {
  return { kind: "csv", csv: text, classColumn, positive } as const;
}

function classColumnOptions(columns: readonly string[]) {
  return columns
    .filter((column) => !["dataset", "path"].includes(column.toLowerCase()))
    .map((column) => ({ value: column, label: column }));
}
