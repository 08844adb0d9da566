import { setTimeout as pause } from "node:timers/promises";
import { messageOf } from "@/server/lib/errors";
import { log } from "@/server/lib/log";
import { type EmbeddedDatabase, ensureEmbedded } from "./ensure";

const lookEveryMs = 1_000;

/**
 * Starts the data folder's server again whenever it died (killed, out of memory), on the port that it had, so
 * that everybody's next connection finds it.
 * @param folder absolute path of the data folder
 * @returns ends the watch, and waits for a start that is under way
 */
export function keepUp(folder: string, { url, isRunning }: EmbeddedDatabase): () => Promise<void> {
  const stopping = new AbortController();
  const watch = async () => {
    while (!stopping.signal.aborted) {
      await pause(lookEveryMs, undefined, { ref: false, signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted || (await isRunning())) continue;
      log("database").error("the embedded PostgreSQL died; it is started again");
      await again(folder, url);
    }
  };
  const watched = watch();
  return async () => {
    stopping.abort();
    await watched;
  };
}

async function again(folder: string, before: string): Promise<void> {
  try {
    const { url } = await ensureEmbedded(folder);
    if (url === before) log("database").info("the embedded PostgreSQL is up again");
    else log("database").error("its port was taken meanwhile: restart Overread");
  } catch (error) {
    log("database").error({ err: error }, `it did not start: ${messageOf(error)}`);
  }
}
