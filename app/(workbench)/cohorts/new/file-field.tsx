"use client";

import { FileSpreadsheet } from "lucide-react";
import { useState } from "react";

type Props = { file: string | null; onFile: (file: File) => void };

/** A table to choose or to drop here. */
export function FileField({ file, onFile }: Props) {
  const [over, setOver] = useState(false);
  return (
    <label
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const dropped = event.dataTransfer.files[0];
        if (dropped) onFile(dropped);
      }}
      className={`flex cursor-pointer items-center gap-3 rounded-md border border-dashed p-4 focus-within:outline-2 focus-within:outline-accent hover:bg-raise ${
        over ? "border-accent bg-raise" : "border-line"
      }`}
    >
      <FileSpreadsheet aria-hidden size={20} className="shrink-0 text-dim" />
      <span className="min-w-0">
        <span className="block truncate">{file ?? "Choose a CSV file, or drop it here"}</span>
        <span className="block text-[12px] text-dim leading-4">Columns dataset, path and class</span>
      </span>
      <input
        type="file"
        accept=".csv,.tsv,.txt,text/csv"
        className="sr-only"
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          if (chosen) onFile(chosen);
        }}
      />
    </label>
  );
}
