import { driver } from "@/server/db/client";
import { log } from "@/server/lib/log";

/**
 * Tells PostgreSQL what came in: statistics for its plans, and which pages everybody sees, without which the
 * images page could not count from its index alone. Autovacuum would, a minute later.
 */
export async function tidyTables(): Promise<void> {
  try {
    await driver()`vacuum (analyze) images`;
    await driver()`analyze studies, patients, image_objects`;
  } catch (error) {
    log("import").warn({ err: error }, "tables were not tidied; autovacuum will");
  }
}
