"use server";

import { acceptInvitation } from "@/server/auth/invitations";
import { fail, messageOf, type Result } from "@/server/lib/errors";
import { log } from "@/server/lib/log";

type Taken = {
  readonly token: string;
  readonly email?: string;
  readonly name: string;
  readonly password: string;
};

/** Open to people without a session: the link's token is what lets them in. */
export async function takeUpInvitation(taken: Taken): Promise<Result<{ email: string }>> {
  try {
    const made = await acceptInvitation(taken);
    return made.ok ? { ok: true, value: { email: made.value.email } } : made;
  } catch (error) {
    log("action").error({ err: error, reason: messageOf(error) }, "invitation not taken up");
    return fail("unavailable", "Something went wrong on the server. Try again.");
  }
}
