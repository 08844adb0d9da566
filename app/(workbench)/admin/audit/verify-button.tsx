"use client";

import { ShieldCheck } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { Notice } from "@/app/_components/notice";
import { Progress } from "@/app/_components/progress";
import type { TrailStep } from "@/server/audit/schema";
import type { Result } from "@/server/lib/errors";
import { verifyAudit } from "./actions";

/** Checks every row of the trail, a stretch at a time, and shows how far it is and what came of it. */
export function VerifyButton() {
  const [open, setOpen] = useState(false);
  const [step, setStep] = useState<Result<TrailStep> | null>(null);
  const round = useRef(0);
  async function verify() {
    round.current += 1;
    const mine = round.current;
    setOpen(true);
    setStep(null);
    let found = await verifyAudit();
    while (mine === round.current) {
      setStep(found);
      if (!found.ok || !found.value.ok || found.value.finished) return;
      found = await verifyAudit({ rows: found.value.rows, head: found.value.head });
    }
  }
  function close() {
    round.current += 1;
    setOpen(false);
  }
  return (
    <>
      <Button variant="primary" icon={<ShieldCheck aria-hidden size={14} />} onPress={verify}>
        Verify the trail
      </Button>
      <Dialog title="Verify the trail" open={open} onOpenChange={close} size="md">
        <Outcome step={step} />
      </Dialog>
    </>
  );
}

function Outcome({ step }: { step: Result<TrailStep> | null }) {
  if (step === null) return <Progress done={0} total={0} label="Checking every row" />;
  if (!step.ok) return <Notice tone="error" title={step.message} />;
  const check = step.value;
  const rows = check.rows.toLocaleString("en-US");
  if (!check.ok) {
    return (
      <Notice tone="error" title={`The trail is broken at row ${check.broken.id}`}>
        {`${check.broken.reason}; dated ${check.broken.at}. ${rows} rows before it hold.`}
      </Notice>
    );
  }
  if (!check.finished) return <Progress done={check.rows} total={check.total} label="Checking every row" />;
  return (
    <div className="flex flex-col gap-3">
      <Notice title={`All ${rows} rows hold`}>
        Each row names the one before it, and none was changed. Compare the head with the one that your last
        backup kept.
      </Notice>
      <code className="select-all break-all rounded-md border border-line bg-bg p-2 text-[12px]">
        {check.head}
      </code>
    </div>
  );
}
