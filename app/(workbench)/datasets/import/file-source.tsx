"use client";

import { Upload } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { Button } from "@/app/_components/button";
import { Notice } from "@/app/_components/notice";
import { Progress } from "@/app/_components/progress";
import { sendFile } from "./send-file";

type Sending = { readonly file: File; readonly sent: number; readonly abort: AbortController };

type Props = { hasTable: boolean; onSent(source: string | null): void };

/** A file by drop or choice, sent at once with its progress. `onSent` gets the import's source, or null. */
export function FileSource({ hasTable, onSent }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [sending, setSending] = useState<Sending | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function send(file: File | undefined) {
    if (!file) return;
    sending?.abort.abort();
    const abort = new AbortController();
    setProblem(null);
    onSent(null);
    setSending({ file, sent: 0, abort });
    try {
      const source = await sendFile(file, (sent) => setSending({ file, sent, abort }), abort.signal);
      onSent(source);
    } catch (error) {
      if (abort.signal.aborted) return;
      setSending(null);
      setProblem(error instanceof Error ? error.message : "The file could not be sent.");
    }
  }

  const unit = (sending?.file.size ?? 0) < 10e6 ? 1e3 : 1e6;
  const drop = (event: DragEvent) => {
    event.preventDefault();
    void send(event.dataTransfer.files[0]);
  };
  return (
    <section
      aria-label="File to upload"
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
      className="flex flex-col items-start gap-3 rounded-md border border-line border-dashed p-4"
    >
      <p className="text-dim">
        {hasTable
          ? "Drop an archive of the dataset's folder here (.zip, .tar, .tar.gz), or its table alone (.csv, .csv.gz)."
          : "Drop an archive of the files here (.zip, .tar, .tar.gz), or one file. It is removed once it was imported."}
      </p>
      <input
        ref={input}
        type="file"
        aria-label="File"
        className="sr-only"
        accept={hasTable ? ".zip,.tar,.gz,.tgz,.csv" : undefined}
        onChange={(event) => void send(event.target.files?.[0])}
      />
      <Button icon={<Upload aria-hidden size={16} />} onPress={() => input.current?.click()}>
        Choose a file
      </Button>
      {sending ? (
        <div className="w-full">
          <Progress
            label={
              sending.sent < sending.file.size
                ? `Sending ${sending.file.name}`
                : `${sending.file.name} has arrived`
            }
            done={Math.ceil(sending.sent / unit)}
            total={Math.ceil(sending.file.size / unit)}
            note={unit === 1e6 ? "MB" : "KB"}
          />
        </div>
      ) : null}
      {problem ? <Notice tone="error">{problem}</Notice> : null}
    </section>
  );
}
