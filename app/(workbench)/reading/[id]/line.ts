import type { ErrorCode } from "@/server/lib/errors";

/** What the server says to a step, or `null` when it could not be reached: the step may be sent again. */
export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | {
      readonly ok: false;
      readonly code: ErrorCode | "unexpected";
      readonly message: string;
      readonly detail?: unknown;
    }
  | null;

/** Sends one step of the reading room. A server that is there but fails counts as not reached. */
export async function send<Value>(step: string, input: unknown): Promise<Answer<Value>> {
  const response = await fetch(`/api/reading/${step}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(input),
  }).catch(() => null);
  if (response === null || response.status >= 500) return null;
  if (response.ok) return { ok: true, value: (await response.json()) as Value };
  const said = (await response.json().catch(() => null)) as {
    error?: { code?: string; message?: string };
  } | null;
  const { code = "unexpected", message = "The server did not understand.", ...detail } = said?.error ?? {};
  return { ok: false, code: code as ErrorCode, message, ...detail };
}

/** Tells the server while the tab closes. */
export function sendLeaving(item: number): void {
  navigator.sendBeacon(
    "/api/reading/leave",
    new Blob([JSON.stringify({ item })], { type: "application/json" }),
  );
}
