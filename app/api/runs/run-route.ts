import { personRoute } from "@/app/_session/route";
import type { Person } from "@/server/auth/actor";
import { fail, type Result } from "@/server/lib/errors";

type Handle<Params> = (call: {
  person: Person;
  request: Request;
  run: number;
  params: Params;
}) => Promise<Response | Result<unknown>>;

/** A route below a run. An id that is no number is as unknown as any other. */
export function runRoute<Params extends Record<string, string> = Record<never, string>>(
  handle: Handle<Params>,
) {
  return personRoute<Params & { id: string }>(async ({ person, request, params }) => {
    const run = idOf(params.id);
    return run === null
      ? fail("not-found", "There is no such run.")
      : handle({ person, request, run, params });
  });
}

/** The number in an address, or null. */
export function idOf(text: string | undefined): number | null {
  return text !== undefined && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}
