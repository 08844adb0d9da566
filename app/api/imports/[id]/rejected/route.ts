import { Readable } from "node:stream";
import { personRoute } from "@/app/_session/route";
import { exportRejections } from "@/server/datasets/import-queries";

/** Every row that an import could not take, with its reason, as CSV. */
export const GET = personRoute<{ id: string }>(async ({ person, params }) => {
  const exported = await exportRejections(person, { id: params.id });
  if (!exported.ok) return exported;
  // The DOM's and Node's ReadableStream are the same object with two types.
  const body = Readable.toWeb(Readable.from(exported.value.lines)) as ReadableStream<Uint8Array>;
  return new Response(body, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="import-${params.id}-rejected.csv"`,
      "Cache-Control": "no-store",
    },
  });
});
