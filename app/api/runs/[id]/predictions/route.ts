import { exportPredictions } from "@/server/models/export-predictions";
import { runRoute } from "../../run-route";

/** Every prediction of a run as a CSV file. */
export const GET = runRoute(async ({ person, run }) => {
  const exported = await exportPredictions(person, { run });
  if (!exported.ok) return exported;
  return new Response(exported.value.csv, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="run-${run}-predictions.csv"`,
      "Cache-Control": "no-store",
    },
  });
});
