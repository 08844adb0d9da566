import { eq } from "drizzle-orm";
import type { Actor } from "@/server/auth/actor";
import { performImport } from "@/server/datasets/import/perform";
import { database } from "@/server/db/client";
import { imports, users } from "@/server/db/schema";
import type { JobHandler } from "../worker";

/**
 * Does a queued import in the name of the person who asked for it, with the rights that she has by now. Taken up
 * again after its worker was killed, it starts over.
 */
export const importDataset: JobHandler<"import"> = async ({ importId }, { signal }) => {
  const [row] = await database()
    .select({ status: imports.status, user: users })
    .from(imports)
    .leftJoin(users, eq(users.id, imports.userId))
    .where(eq(imports.id, importId));
  if (!row || row.status === "done") return;
  // What fails is noted on the import, where the person who waits sees it; the same again would fail again.
  await performImport(row.user ? personOf(row.user) : { kind: "system", part: "import" }, importId, {
    signal,
  });
};

function personOf({ id, email, name, role }: typeof users.$inferSelect): Actor {
  return { kind: "person", userId: id, email, name, role };
}
