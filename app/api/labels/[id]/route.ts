import { Readable } from "node:stream";
import { personRoute } from "@/app/_session/route";
import { exportLabels } from "@/server/labels/export";

/** A label set as CSV in the layout of CheXpert's train.csv. */
export const GET = personRoute<{ id: string }>(async ({ person, params }) => {
  const exported = await exportLabels(person, { labelSet: Number(params.id) });
  if (!exported.ok) return exported;
  const { chunks, labelSet } = exported.value;
  // The DOM's and Node's ReadableStream are the same object with two types.
  const body = Readable.toWeb(Readable.from(linesOf(chunks()))) as ReadableStream<Uint8Array>;
  const name = encodeURIComponent(`${labelSet}.csv`);
  return new Response(body, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename*=UTF-8''${name}`,
      "Cache-Control": "no-store",
    },
  });
});

async function* linesOf(chunks: AsyncGenerator<{ csv: string }>): AsyncGenerator<string> {
  for await (const { csv } of chunks) yield csv;
}
