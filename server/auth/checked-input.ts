import { z } from "zod";
import { fail, type Result } from "@/server/lib/errors";

/**
 * Reads input by its schema. The failure's message is the first fault in words for a person: ours stand alone, as
 * they name what they are about; the library's own ("Too small…") follow the field's name in words. `detail.fields`
 * holds every fault with its field's path.
 */
export function checkedInput<Schema extends z.ZodType>(
  schema: Schema,
  raw: unknown,
): Result<z.output<Schema>> {
  const parsed = schema.safeParse(raw, { error: libraryWords });
  if (parsed.success) return { ok: true, value: parsed.data };
  const fields = parsed.error.issues.map(({ path, message }) => ({ field: path.join("."), message }));
  return fail("invalid", fields[0]?.message ?? "Invalid input", { fields });
}

const english = z.locales.en().localeError;

/** Asked only where a schema has no message of its own. */
function libraryWords(issue: z.core.$ZodRawIssue): string | undefined {
  const said = english(issue);
  const message = typeof said === "string" ? said : said?.message;
  const field = issue.path?.findLast((part) => typeof part === "string");
  if (!message || !field) return message;
  const words = field.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}: ${message}`;
}
