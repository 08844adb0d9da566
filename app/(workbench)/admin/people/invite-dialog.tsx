"use client";

import { useState, useTransition } from "react";
import { Button } from "@/app/_components/button";
import { Dialog } from "@/app/_components/dialog";
import { SelectField, TextField } from "@/app/_components/field";
import { Notice } from "@/app/_components/notice";
import type { Role } from "@/server/auth/permissions";
import { invite } from "./actions";
import { InvitationLink } from "./invitation-link";
import { roleOptions } from "./role-options";

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

/** Asks for address and role, then shows the link, this once. */
export function InviteDialog({ open, onOpenChange }: Props) {
  return (
    <Dialog title="Invite a person" open={open} onOpenChange={onOpenChange} size="sm">
      <InviteForm onClose={() => onOpenChange(false)} />
    </Dialog>
  );
}

function InviteForm({ onClose }: { onClose: () => void }) {
  const [role, setRole] = useState<Role>("reader");
  const [made, setMade] = useState<{ path: string; email: string } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();
  if (made) return <InvitationLink {...made} onClose={onClose} />;
  const send = (form: FormData) =>
    start(async () => {
      const answer = await invite({ email: String(form.get("email")), role });
      if (answer.ok) setMade(answer.value);
      else setProblem(answer.message);
    });
  return (
    <form action={send} className="flex flex-col gap-3">
      {problem ? <Notice tone="error" title={problem} /> : null}
      <TextField label="E-mail" name="email" type="email" isRequired autoFocus />
      <SelectField
        label="Role"
        options={roleOptions}
        value={role}
        onChange={(value) => setRole(roleOptions.find((option) => option.value === value)?.value ?? "reader")}
      />
      <Button type="submit" variant="primary" pending={pending} className="self-end">
        Make the link
      </Button>
    </form>
  );
}
