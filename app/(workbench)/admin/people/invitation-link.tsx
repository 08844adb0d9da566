"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "@/app/_components/button";

type Props = { path: string; email: string; onClose: () => void };

/** The link of an invitation; it is kept nowhere and can't be shown a second time. */
export function InvitationLink({ path, email, onClose }: Props) {
  const [copied, setCopied] = useState(false);
  const link = new URL(path, window.location.origin).href;
  // Browsers give the clipboard to pages over HTTPS and on localhost only.
  const copy =
    "clipboard" in navigator ? () => navigator.clipboard.writeText(link).then(() => setCopied(true)) : null;
  return (
    <div className="flex flex-col gap-3">
      <p>
        Send this link to {email}. It works once, for seven days, and is{" "}
        <b className="font-semibold">shown only now</b>.
      </p>
      <code className="select-all break-all rounded-md border border-line bg-bg p-2 text-[12px]">{link}</code>
      <div className="flex justify-end gap-2">
        {copy ? (
          <Button
            onPress={() => void copy()}
            icon={copied ? <Check aria-hidden size={14} /> : <Copy aria-hidden size={14} />}
          >
            {copied ? "Copied" : "Copy"}
          </Button>
        ) : null}
        <Button variant="primary" onPress={onClose}>
          Done
        </Button>
      </div>
    </div>
  );
}
