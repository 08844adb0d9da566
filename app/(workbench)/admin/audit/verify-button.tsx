"use client";

import { ShieldCheck } from "lucide-react";
import { useState, useTransition } from "react";
import { Button } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { Notice } from "@/app/_components/notice";
import type { TrailCheck } from "@/server/audit/schema";
import type { Result } from "@/server/lib/errors";
import { verifyAudit } from "./actions";

/** Checks every row of the trail and shows what came of it. */
export function VerifyButton() {
  const [found, setFound] = useState<Result<TrailCheck> | null>(null);
  const [pending, start] = useTransition();
  return (
    <>
      <Button
        variant="primary"
        pending={pending}
        icon={<ShieldCheck aria-hidden size={14} />}
        onPress={() => start(async () => setFound(await verifyAudit()))}
      >
        {pending ? "Checking every row" : "Verify the trail"}
      </Button>
      <Dialog title="Verified" open={found !== null} onOpenChange={() => setFound(null)} size="md">
        {found ? <Outcome found={found} /> : null}
      </Dialog>
    </>
  );
}

function Outcome({ found }: { found: Result<TrailCheck> }) {
  if (!found.ok) return <Notice tone="error" title={found.message} />;
  const check = found.value;
  const rows = check.rows.toLocaleString("en-US");
  if (!check.ok) {
    return (
      <Notice tone="error" title={`The trail is broken at row ${check.broken.id}`}>
        {`${check.broken.reason}; dated ${check.broken.at}. ${rows} rows before it hold.`}
      </Notice>
    );
  }
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
