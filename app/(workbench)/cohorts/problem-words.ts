import type { Failure } from "@/server/lib/errors";

/** A failure as a form shows it: beside its fields, the field's technical name says nothing. */
export function problemWords({ message, detail }: Failure): string {
  const fields = (detail as { fields?: readonly { message?: unknown }[] } | undefined)?.fields;
  const [first] = Array.isArray(fields) ? fields : [];
  return typeof first?.message === "string" ? first.message : message;
}
