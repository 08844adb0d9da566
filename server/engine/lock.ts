import { open, readFile, rm, stat, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as wait } from "node:timers/promises";

type Waiting = {
  readonly signal: AbortSignal;
  /** Called once, when somebody else holds the lock. */
  onWait?(): void;
  /** A holder that has given no sign of life for so long is dead. */
  readonly staleMs?: number;
};

/**
 * Does the work while holding a lock file, so that two installations never write into one folder. The holder
 * touches its file while it lives; a lock whose process is gone, or that nobody touched, is taken over.
 */
export async function withLock<T>(file: string, waiting: Waiting, work: () => Promise<T>): Promise<T> {
  const { signal, staleMs = 30_000 } = waiting;
  let told = false;
  while (!(await take(file))) {
    signal.throwIfAborted();
    if (await isStale(file, staleMs)) {
      await rm(file, { force: true });
      continue;
    }
    if (!told) waiting.onWait?.();
    told = true;
    await wait(250, undefined, { signal });
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => {});
  }, staleMs / 6);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await rm(file, { force: true });
  }
}

async function take(file: string): Promise<boolean> {
  try {
    const handle = await open(file, "wx");
    await handle.writeFile(`${process.pid} ${hostname()}\n`);
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function isStale(file: string, staleMs: number): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(file);
    if (Date.now() - mtimeMs > staleMs) return true;
    const [pid, host] = (await readFile(file, "utf8")).trim().split(" ");
    return host === hostname() && pid !== undefined && !lives(Number(pid));
  } catch {
    // Gone between two looks.
    return false;
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
