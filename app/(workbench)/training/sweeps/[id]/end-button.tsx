"use client";

import { useRouter } from "next/navigation";
import { CancelDialog } from "../../cancel-dialog";
import { endSweep } from "../actions";

/** Ends the sweep, after one question. */
export function EndButton({ sweep }: { sweep: number }) {
  const router = useRouter();
  return (
    <CancelDialog kind="sweep" id={sweep} end={endSweep} onEnded={() => router.refresh()}>
      It stops within seconds. The trials that are done stay; it cannot go on afterwards.
    </CancelDialog>
  );
}
