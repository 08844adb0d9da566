"use client";

import { UserPlus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/app/_components/button";
import { InviteDialog } from "./invite-dialog";

export function InviteButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" icon={<UserPlus aria-hidden size={14} />} onPress={() => setOpen(true)}>
        Invite a person
      </Button>
      <InviteDialog open={open} onOpenChange={setOpen} />
    </>
  );
}
