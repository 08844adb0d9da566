import { personRoute } from "@/app/_session/route";
import { beginUpload } from "@/server/datasets/uploads/commands";
import { fail } from "@/server/lib/errors";

/** Begins an upload: `{ name, size }` in, its number and how large its pieces may be out. */
export const POST = personRoute(async ({ person, request }) => {
  const input: unknown = await request.json().catch(() => null);
  if (typeof input !== "object" || input === null) return fail("invalid", "The request holds no JSON.");
  return beginUpload(person, input as { name: string; size: number });
});
