"use server";

import { revalidatePath } from "next/cache";
import { runAction } from "@/app/_session/action";
import { invitePerson } from "@/server/auth/invitations";
import { disablePerson, enablePerson, setRole } from "@/server/auth/people";
import type { Role } from "@/server/auth/permissions";
import type { Result } from "@/server/lib/errors";

/** Invites an address; the link is told this once. */
export async function invite(input: {
  email: string;
  role: Role;
}): Promise<Result<{ path: string; email: string }>> {
  const invited = await runAction(invitePerson, input);
  revalidatePath("/admin/people");
  if (!invited.ok) return invited;
  return { ok: true, value: { path: invited.value.invitation.path, email: invited.value.user.email } };
}

/** Changes a person's role. */
export async function changeRole(input: { userId: number; role: Role }): Promise<Result<unknown>> {
  const done = await runAction(setRole, input);
  revalidatePath("/admin/people");
  return done;
}

/** Shuts a person out, or lets her in again. */
export async function setDisabled(input: { userId: number; disabled: boolean }): Promise<Result<unknown>> {
  const done = await runAction(input.disabled ? disablePerson : enablePerson, { userId: input.userId });
  revalidatePath("/admin/people");
  return done;
}
