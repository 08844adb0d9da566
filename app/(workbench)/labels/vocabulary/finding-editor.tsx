"use client";

import { useState, useTransition } from "react";
import { Button } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { Notice } from "@/app/_components/notice";
import type { ListedFinding } from "@/server/labels/vocabulary";
import { confirm, explain } from "./actions";
import { FindingFields, type FindingForm } from "./finding-fields";

type Props = {
  findings: readonly ListedFinding[];
  /** Null: a new one. */
  finding: ListedFinding | null;
};

/** A finding in two steps: what it should be, then what that means for labels and readers, then it is so. */
export function FindingEditor({ findings, finding }: Props) {
  const [open, setOpen] = useState(false);
  const [form, setForm] = useState(() => formOf(finding));
  const [means, setMeans] = useState<readonly string[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const show = (next: boolean) => {
    setOpen(next);
    setForm(formOf(finding));
    setMeans(null);
    setProblem(null);
  };
  const change = (next: FindingForm) => {
    setForm(next);
    setMeans(null);
    setProblem(null);
  };
  const ask = () =>
    start(async () => {
      const answer = await explain(changeOf(finding, form));
      setProblem(answer.ok ? null : answer.message);
      setMeans(answer.ok ? answer.value.sentences : null);
    });
  const make = () =>
    start(async () => {
      const refused = await confirm(changeOf(finding, form));
      setProblem(refused);
      if (refused === null) setOpen(false);
    });
  return (
    <>
      <Button
        size={finding ? "sm" : "md"}
        variant={finding ? "secondary" : "primary"}
        label={finding ? `Change ${finding.name}` : undefined}
        onPress={() => show(true)}
      >
        {finding ? "Change" : "New finding"}
      </Button>
      <Dialog
        title={finding ? finding.name : "New finding"}
        open={open}
        onOpenChange={show}
        footer={
          <>
            <Button onPress={() => show(false)}>Cancel</Button>
            {means === null ? (
              <Button variant="primary" pending={pending} onPress={ask}>
                What it means
              </Button>
            ) : (
              <Button variant="primary" pending={pending} onPress={make}>
                {finding ? "Change it" : "Add it"}
              </Button>
            )}
          </>
        }
      >
        <div className="flex flex-col gap-3">
          {problem ? <Notice tone="error" title={problem} /> : null}
          <FindingFields findings={findings} finding={finding} form={form} onChange={change} />
          <div aria-live="polite">
            {means === null ? null : (
              <Notice tone="warn" title="What it means">
                <ul className="mt-1 flex list-disc flex-col gap-1 pl-4">
                  {means.map((sentence) => (
                    <li key={sentence}>{sentence}</li>
                  ))}
                </ul>
              </Notice>
            )}
          </div>
        </div>
      </Dialog>
    </>
  );
}

function formOf(finding: ListedFinding | null): FindingForm {
  return {
    name: finding?.name ?? "",
    shortName: finding?.shortName ?? "",
    key: finding?.key ?? "",
    parent: finding?.parent ?? null,
    retired: finding?.retired ?? false,
  };
}

function changeOf(finding: ListedFinding | null, { name, key, ...form }: FindingForm) {
  const letter = key.trim() === "" ? null : key.trim().toUpperCase();
  if (finding === null) {
    const { shortName, parent } = form;
    return { add: { name, shortName: shortName.trim() || name, key: letter, parent } };
  }
  const { shortName, parent, retired } = finding;
  const seen = { shortName, key: finding.key || null, parent, retired };
  return { change: { position: finding.position, seen, change: { ...form, key: letter } } };
}
