"use client";

import { useActionState } from "react";
import { Button } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { TextField } from "@/app/_components/field";
import { Notice } from "@/app/_components/notice";
import { changeOwnPassword } from "./actions";

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

/** Changes one's own password; every other session of the person ends. */
export function PasswordDialog({ open, onOpenChange }: Props) {
  return (
    <Dialog title="Change password" open={open} onOpenChange={onOpenChange} size="sm">
      <PasswordForm onClose={() => onOpenChange(false)} />
    </Dialog>
  );
}

function PasswordForm({ onClose }: { onClose: () => void }) {
  const [state, act, pending] = useActionState(changeOwnPassword, null);
  if (state?.ok) {
    const others = state.value.otherSessions;
    return (
      <div className="flex flex-col gap-4">
        <Notice title="Your password is changed.">
          {others === 0 ? "You were signed in nowhere else." : `${others} other sessions were signed out.`}
        </Notice>
        <Button variant="primary" className="self-end" onPress={onClose}>
          Done
        </Button>
      </div>
    );
  }
  return (
    <form action={act} className="flex flex-col gap-3">
      {state ? <Notice tone="error" title={state.message} /> : null}
      <TextField
        label="Present password"
        name="current"
        type="password"
        autoComplete="current-password"
        isRequired
        autoFocus
      />
      <TextField
        label="New password"
        name="password"
        type="password"
        autoComplete="new-password"
        description="At least 15 characters; a sentence is fine."
        isRequired
      />
      <Button type="submit" variant="primary" pending={pending} className="self-end">
        Change password
      </Button>
    </form>
  );
}
