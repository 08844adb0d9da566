import { open, readFile, rm } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { isAlive } from "./holders";

/**
 * Runs `work` while this process alone holds the lock file. A lock whose holder died is taken over.
 * @throws after 90 seconds of waiting for a living holder
 */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 90_000;
  while (!(await take(file))) {
    if (Date.now() > deadline) throw new Error(`${file} is held by another process that does not finish`);
    await pause(100);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<boolean> {
  try {
    const handle = await open(file, "wx", 0o600);
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const holder = Number(await readFile(file, "utf8").catch(() => ""));
    if (holder > 0 && (holder === process.pid || !isAlive(holder))) await rm(file, { force: true });
    return false;
  }
}
