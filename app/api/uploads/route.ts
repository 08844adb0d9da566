import { personRoute } from "@/app/_session/route";
import { beginUpload } from "@/server/datasets/uploads/commands";

/** Begins an upload: `{ name, size }` in, its number and how large its pieces may be out. */
export const POST = personRoute(async ({ person, request }) => {
  // What is no JSON is no input either: the command says so, to those who may ask at all.
  const input: unknown = await request.json().catch(() => null);
  return beginUpload(person, input as { name: string; size: number });
});
