import type { Actor } from "@/server/auth/actor";
import { ExpectedFailure, fail, messageOf, type Result } from "@/server/lib/errors";
import { log } from "@/server/lib/log";
import { currentPerson } from "./session";

/**
 * Calls a command or query as the signed-in person, from a server action. The command checks permission and
 * input; what comes back is plain and may cross to the browser. An unexpected error is logged with its cause
 * and shown without it.
 * @example export async function renameCohort(input: RenameInput) { "use server"; return runAction(rename, input); }
 */
export async function runAction<Input, Value>(
  command: (actor: Actor, input: Input) => Promise<Result<Value>>,
  input: Input,
): Promise<Result<Value>> {
  const person = await currentPerson();
  if (!person) return fail("unauthenticated", "You are signed out. Sign in again to go on.");
  try {
    return await command(person, input);
  } catch (error) {
    if (error instanceof ExpectedFailure) return error.failure;
    log("action").error({ err: error, reason: messageOf(error) }, "action failed");
    return fail("unavailable", "Something went wrong on the server. Try again.");
  }
}
