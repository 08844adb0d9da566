import type { Actor } from "@/server/auth/actor";
import type { Result } from "@/server/lib/errors";
import { noteImport } from "../commands";
import type { ImportInput, ImportResult } from "../schema";
import { performImport, type Surroundings } from "./perform";

/** Imports in this process and waits: what the command line does. */
export async function importNow(
  actor: Actor,
  input: ImportInput,
  surroundings: Surroundings = {},
): Promise<Result<ImportResult>> {
  const noted = await noteImport(actor, input);
  return noted.ok ? performImport(actor, noted.value.importId, surroundings) : noted;
}
