import type { Person } from "@/server/auth/actor";
import { ownerIsDisabled, personOfSession } from "@/server/auth/sessions";
import {
  type ErrorCode,
  ExpectedFailure,
  type Failure,
  fail,
  messageOf,
  type Result,
} from "@/server/lib/errors";
import { log } from "@/server/lib/log";
import { sessionCookieName, sessionIdOf } from "./cookie";
import { originAllowed } from "./origin";

const statusOf: Record<ErrorCode, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  "rate-limited": 429,
  unavailable: 503,
};

type RouteContext<Params> = { params: Promise<Params> };

/**
 * Wraps a route handler: a mutating request from another site is 403, without a live session 401. The handler
 * returns a Response or a command's Result; a failure becomes `{ error: { code, message, detail? } }` with its
 * status, a success its value as JSON.
 * A route that pages ask by themselves (polling, streams) is `passive`: it does not keep an idle session alive.
 * @example export const GET = personRoute<{ id: string }>(async ({ person, params }) => showImage(person, params));
 */
export function personRoute<Params extends Record<string, unknown> = Record<string, never>>(
  handle: (call: { person: Person; request: Request; params: Params }) => Promise<Response | Result<unknown>>,
  { passive = false }: { readonly passive?: boolean } = {},
): (request: Request, context: RouteContext<Params>) => Promise<Response> {
  return async (request, context) => {
    if (!originAllowed(request.method, request.headers)) {
      return failureResponse(fail("forbidden", "This request did not come from a page of this site."));
    }
    const id = await sessionIdOf(cookieOf(request, sessionCookieName()));
    const person = id === null ? null : await personOfSession(id, !passive);
    if (!person) return failureResponse(await stranger(id));
    try {
      const answer = await handle({ person, request, params: await context.params });
      if (answer instanceof Response) return answer;
      return answer.ok ? Response.json(answer.value ?? null) : failureResponse(answer);
    } catch (error) {
      if (error instanceof ExpectedFailure) return failureResponse(error.failure);
      log("route").error(
        { err: error, reason: messageOf(error), path: new URL(request.url).pathname },
        "route failed",
      );
      return Response.json(
        { error: { code: "unexpected", message: "Something went wrong." } },
        { status: 500 },
      );
    }
  };
}

/** A failure as JSON with the status that fits its code. */
export function failureResponse(failure: Failure): Response {
  const { code, message, detail } = failure;
  const error = detail === undefined ? { code, message } : { code, message, detail };
  return Response.json({ error }, { status: statusOf[code], headers: { "Cache-Control": "no-store" } });
}

/** Why nobody is signed in; somebody in the middle of her work is told what happened. */
async function stranger(id: string | null): Promise<Failure> {
  const disabled = id !== null && (await ownerIsDisabled(id));
  if (!disabled) return fail("unauthenticated", "Sign in first.");
  return fail("unauthenticated", "Your account was disabled; ask an administrator.", { session: "disabled" });
}

function cookieOf(request: Request, name: string): string | undefined {
  for (const pair of request.headers.get("cookie")?.split(";") ?? []) {
    const [key, ...value] = pair.trim().split("=");
    if (key === name) return value.join("=");
  }
  return undefined;
}
