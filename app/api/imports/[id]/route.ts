import { personRoute } from "@/app/_session/route";
import { showImport } from "@/server/datasets/import-queries";

/** How far an import is; its page asks while it runs. */
export const GET = personRoute<{ id: string }>(
  ({ person, params }) => showImport(person, { id: params.id }),
  {
    passive: true,
  },
);
