/** What a caller may be told about a failure that is part of normal use. */
export const errorCodes = [
  "invalid",
  "unauthenticated",
  "forbidden",
  "not-found",
  "conflict",
  "rate-limited",
  "unavailable",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

export type Failure = {
  readonly ok: false;
  readonly code: ErrorCode;
  readonly message: string;
  /** Facts that the page or the CLI shows beside the message: a field, a line, the current state. */
  readonly detail?: unknown;
};
export type Success<T> = { readonly ok: true; readonly value: T };
/** An expected failure is a value; anything else is thrown, logged with its cause and shown without it. */
export type Result<T> = Success<T> | Failure;

export function ok<T>(value: T): Success<T> {
  return { ok: true, value };
}

export function fail(code: ErrorCode, message: string, detail?: unknown): Failure {
  return detail === undefined ? { ok: false, code, message } : { ok: false, code, message, detail };
}

/**
 * Ends a command from deep inside with an expected failure; the command door turns it into a `Failure`
 * and rolls its transaction back.
 */
export class ExpectedFailure extends Error {
  readonly failure: Failure;

  constructor(code: ErrorCode, message: string, detail?: unknown, options?: ErrorOptions) {
    super(message, options);
    this.name = "ExpectedFailure";
    this.failure = fail(code, message, detail);
  }
}

/** The one line of an unknown thrown value, for logs and for a job's stored error. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
