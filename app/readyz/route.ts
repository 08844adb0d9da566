import { readiness } from "@/server/admin/readiness";

/** Whether this process can serve now: 200, or 503 with the parts that can't. Details stay in the log and with administrators. */
export async function GET(): Promise<Response> {
  const parts = await readiness();
  const ready = parts.every((part) => part.ok);
  return Response.json(
    { ready, parts: parts.map(({ name, ok }) => ({ name, ok })) },
    { status: ready ? 200 : 503, headers: { "Cache-Control": "no-store" } },
  );
}
