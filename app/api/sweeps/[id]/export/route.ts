import { personRoute } from "@/app/_session/route";
import { fail } from "@/server/lib/errors";
import { exportSweep } from "@/server/training/sweeps/export";
import { idOf } from "../../../runs/run-route";

/** A sweep's trials as a CSV file, the best first. */
export const GET = personRoute<{ id: string }>(async ({ person, params }) => {
  const sweep = idOf(params.id);
  if (sweep === null) return fail("not-found", "There is no such sweep.");
  const exported = await exportSweep(person, { sweep });
  if (!exported.ok) return exported;
  return new Response(exported.value, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="sweep-${sweep}.csv"`,
      "Cache-Control": "no-store",
    },
  });
});
