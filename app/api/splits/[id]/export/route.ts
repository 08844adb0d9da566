import { personRoute } from "@/app/_session/route";
import { fail } from "@/server/lib/errors";
import { exportSplit } from "@/server/splits/export";

/** The split as a CSV file: `dataset,path,patient,class,part`. */
export const GET = personRoute<{ id: string }>(async ({ person, params }) => {
  if (!/^\d{1,15}$/.test(params.id)) return fail("not-found", "There is no such split.");
  const exported = await exportSplit(person, { split: Number(params.id) });
  if (!exported.ok) return exported;
  const { split, csv } = exported.value;
  return new Response(csv, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="split-${params.id}.csv"; filename*=UTF-8''${encodeURIComponent(split)}.csv`,
      "Cache-Control": "private, no-store",
    },
  });
});
