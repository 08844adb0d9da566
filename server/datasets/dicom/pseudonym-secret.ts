import { createHash, randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { database } from "@/server/db/client";
import { pseudonymKey } from "@/server/db/schema";
import { dataFolder, env } from "@/server/lib/env";
import { ExpectedFailure } from "@/server/lib/errors";

/**
 * The secret that pseudonyms, new UIDs and date shifts come from. It is made at the first DICOM import, stays in
 * the data folder beside the other secrets (never in the database, which holds the pseudonyms), and may be set by
 * `OVERREAD_PSEUDONYM_SECRET`.
 * @throws ExpectedFailure("conflict") where this installation's films were imported with another one
 */
export async function pseudonymSecret(): Promise<string> {
  const secret = env().OVERREAD_PSEUDONYM_SECRET ?? (await secretOfFolder());
  const fingerprint = createHash("sha256").update(`pseudonyms:${secret}`).digest("hex");
  await database().insert(pseudonymKey).values({ id: 1, fingerprint }).onConflictDoNothing();
  const [known] = await database().select().from(pseudonymKey);
  if (known?.fingerprint === fingerprint) return secret;
  throw new ExpectedFailure(
    "conflict",
    "DICOM films were imported here with another secret: the same patient would come in as another one. Give this machine the pseudonym-secret of the first one's data folder (OVERREAD_PSEUDONYM_SECRET).",
  );
}

async function secretOfFolder(): Promise<string> {
  const file = path.join(dataFolder(), "pseudonym-secret");
  await mkdir(dataFolder(), { recursive: true });
  await writeFile(file, randomBytes(48).toString("base64url"), { mode: 0o600, flag: "wx" }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    },
  );
  return readFile(file, "utf8");
}
