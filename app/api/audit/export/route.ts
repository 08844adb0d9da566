import { personRoute } from "@/app/_session/route";
import { exportAudit } from "@/server/audit/export";

/** The whole trail as CSV, sent as it is read. */
export const GET = personRoute(async ({ person }) => {
  const exported = await exportAudit(person, {});
  if (!exported.ok) return exported;
  const lines = exported.value.lines;
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const step = await lines.next();
      if (step.done) controller.close();
      else controller.enqueue(encoder.encode(step.value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="overread-audit.csv"',
      "Cache-Control": "no-store",
    },
  });
});
