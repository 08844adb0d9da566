import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";

/** Notes that this process uses the data folder's server. */
export async function holdServer(folder: string): Promise<void> {
  const holders = path.join(folder, "holders");
  await mkdir(holders, { recursive: true });
  await writeFile(path.join(holders, String(process.pid)), "");
}

/** Takes this process's note away. */
export async function releaseServer(folder: string): Promise<void> {
  await rm(path.join(folder, "holders", String(process.pid)), { force: true });
}

/** Living processes, other than this one, that use the server; the notes of dead ones are cleared. */
export async function otherHolders(folder: string): Promise<number[]> {
  const holders = path.join(folder, "holders");
  const names = await readdir(holders).catch(() => []);
  const pids = names.map(Number).filter((pid) => pid > 0 && pid !== process.pid);
  const dead = pids.filter((pid) => !isAlive(pid));
  await Promise.all(dead.map((pid) => rm(path.join(holders, String(pid)), { force: true })));
  return pids.filter(isAlive);
}

/** Whether a process with this id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
