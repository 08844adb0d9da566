"use client";

import { cancel } from "../actions";
import { CancelDialog } from "../cancel-dialog";

/** Ends the run, after one question: what was trained so far is not kept. */
export function CancelButton({ run, requested }: { run: number; requested: boolean }) {
  return (
    <CancelDialog kind="run" id={run} requested={requested} end={cancel}>
      It stops within seconds. Its curves and log stay; it leaves no model.
    </CancelDialog>
  );
}
