"use client";

import { useState, useTransition } from "react";
import { Button } from "@/app/_components/button";
import { Chip } from "@/app/_components/chip";
import { DataTable } from "@/app/_components/data-table";
import { Dialog } from "@/app/_components/dialog";
import { Notice } from "@/app/_components/notice";
import { RelativeTime } from "@/app/_components/relative-time";
import type { PersonRow } from "@/server/auth/schema";
import type { Result } from "@/server/lib/errors";
import { changeRole, invite, setDisabled } from "./actions";
import { InvitationLink } from "./invitation-link";
import { RoleChoice } from "./role-choice";

const columns = [
  { key: "name", title: "Name", sortable: true },
  { key: "email", title: "E-mail", sortable: true },
  { key: "role", title: "Role", width: "180px" },
  { key: "state", title: "State", sortable: true },
  { key: "seen", title: "Last seen", sortable: true },
  { key: "joined", title: "Since", sortable: true },
  { key: "act", title: <span className="sr-only">Access</span> },
];

const tones = { active: "neg", invited: "unc", disabled: "danger" } as const;

/** Everybody with role and access; what can't be done says why above the table. */
export function PeopleTable({ people, self }: { people: readonly PersonRow[]; self: number }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [link, setLink] = useState<{ path: string; email: string } | null>(null);
  const [pending, start] = useTransition();
  const act = (work: () => Promise<Result<unknown>>) =>
    start(async () => {
      const answer = await work();
      setProblem(answer.ok ? null : answer.message);
    });
  const inviteAgain = (one: PersonRow) =>
    act(async () => {
      const answer = await invite({ email: one.email, role: one.role });
      if (answer.ok) setLink(answer.value);
      return answer;
    });
  const rows = people.map((one) => ({
    key: one.id,
    cells: {
      name: one.id === self ? `${one.name} (you)` : one.name,
      email: one.email,
      role: (
        <RoleChoice
          person={one}
          isDisabled={pending || one.state === "disabled"}
          onChange={(role) => act(() => changeRole({ userId: one.id, role }))}
        />
      ),
      state: <Chip tone={tones[one.state]}>{one.state}</Chip>,
      seen: <RelativeTime at={one.lastSeenAt} />,
      joined: <RelativeTime at={one.createdAt} />,
      act: (
        <div className="flex justify-end gap-2">
          {one.state === "invited" ? (
            <Button size="sm" isDisabled={pending} onPress={() => inviteAgain(one)}>
              New link
            </Button>
          ) : null}
          <Button
            size="sm"
            variant={one.state === "disabled" ? "secondary" : "ghost"}
            isDisabled={pending}
            onPress={() => act(() => setDisabled({ userId: one.id, disabled: one.state !== "disabled" }))}
          >
            {one.state === "disabled" ? "Enable" : "Disable"}
          </Button>
        </div>
      ),
    },
    sort: {
      name: one.name,
      email: one.email,
      state: one.state,
      seen: one.lastSeenAt?.getTime() ?? null,
      joined: one.createdAt.getTime(),
    },
  }));
  return (
    <div className="flex flex-col gap-3">
      {problem ? <Notice tone="error" title={problem} /> : null}
      <DataTable label="People" columns={columns} rows={rows} />
      <Dialog title="New invitation" open={link !== null} onOpenChange={() => setLink(null)} size="sm">
        {link ? <InvitationLink {...link} onClose={() => setLink(null)} /> : null}
      </Dialog>
    </div>
  );
}
