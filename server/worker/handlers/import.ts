import { eq } from "drizzle-orm";
import type { Actor } from "@/server/auth/actor";
import { performImport } from "@/server/datasets/import/perform";
import { database } from "@/server/db/client";
import { imports, users } from "@/server/db/schema";
import type { JobHandler } from "../worker";

/** Does a queued import in the name of the person who asked for it. Taken up again, it starts over. */
export const importDataset: JobHandler<"import"> = async ({ importId }, { signal }) => {
  const [row] = await database()
    .select({ status: imports.status, user: users })
    .from(imports)
    .leftJoin(users, eq(users.id, imports.userId))
    .where(eq(imports.id, importId));
  if (!row || row.status === "done" || row.status === "failed") return;
  const actor: Actor = row.user
    ? { kind: "person", userId: row.user.id, email: row.user.email, name: row.user.name, role: row.user.role }
    : { kind: "system", part: "worker" };
  await performImport(actor, importId, { signal });
};
