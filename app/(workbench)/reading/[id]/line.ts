import type { ErrorCode } from "@/server/lib/errors";

/** What the server says to a step of the reading room; `null` when it cannot be reached. */
export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string }
  | null;

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
  }).catch(() => null);
  if (response === null || response.status >= 500) return null;
  const said: unknown = await response.json().catch(() => null);
  if (response.ok) return { ok: true, value: said as Value };
  return failureIn(said);
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
  const { code, message } = error as { code: ErrorCode; message: string };
  return { ok: false, code, message };
}
