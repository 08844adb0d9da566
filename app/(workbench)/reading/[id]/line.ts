import type { ErrorCode } from "@/server/lib/errors";

/** What the server says to a step of the reading room; `null` when it cannot be reached. */
export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string; readonly session?: string }
  | null;

/** A line that is dead without saying so counts as cut after this. */
const patienceMs = 15_000;

const passing: readonly ErrorCode[] = ["unauthenticated", "rate-limited", "unavailable"];

/** Whether the same step may succeed later: nothing is thrown away before. */
export function mayComeRight<Value>(answer: Answer<Value>): boolean {
  return answer === null || (!answer.ok && passing.includes(answer.code));
}

/** Sends one step in this reader's name. A server that is there but fails counts as not reached. */
export async function send<Value>(reader: number, step: string, input: unknown): Promise<Answer<Value>> {
  const response = await fetch(`/api/reading/${step}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Reader": String(reader) },
    body: JSON.stringify(input),
    signal: AbortSignal.timeout(patienceMs),
  }).catch(() => null);
  if (response === null || response.status >= 500) return null;
  const said: unknown = await response.json().catch(() => null);
  if (response.ok) return { ok: true, value: said as Value };
  return failureIn(said);
}

/** Why a step came to nothing, in words, and what of it is kept. */
export function hindrance(answer: Answer<unknown>, kept: string): string {
  if (answer === null) return `The server cannot be reached. ${kept}`.trim();
  if (answer.ok) return kept;
  const ended = answer.code === "unauthenticated" && answer.session === undefined;
  const why = ended ? "You are signed out here; sign in again in another tab." : answer.message;
  return `${why} ${kept}`.trim();
}

/** Tells the server while the page goes away; the browser sends it after the page is gone. */
export function sendLast(step: string, input: unknown): void {
  navigator.sendBeacon(
    `/api/reading/${step}`,
    new Blob([JSON.stringify(input)], { type: "application/json" }),
  );
}

function failureIn(said: unknown): Answer<never> {
  const error = typeof said === "object" && said !== null && "error" in said ? said.error : null;
  if (typeof error !== "object" || error === null) return null;
  const { code, message, detail } = error as {
    code: ErrorCode;
    message: string;
    detail?: { session?: string };
  };
  return { ok: false, code, message, session: detail?.session };
}
