import { type OpenDatabase, openDatabase } from "@/server/db/open";
import { log } from "@/server/lib/log";
import { type Child, startChild, typescript } from "./child";
import { adoptSecrets } from "./secrets";
import { startWeb } from "./web-process";

export type Installation = {
  startWeb(development: boolean): Child;
  startWorker(): Child;
  /** Runs until Ctrl-C, SIGTERM or the end of a part; then ends web, worker and database in this order. */
  untilStopped(): Promise<number>;
  stop(): Promise<void>;
};

/** Database, secrets and the parts that stand on them, on one machine. */
export async function openInstallation(): Promise<Installation> {
  await adoptSecrets();
  const database: OpenDatabase = await openDatabase();
  const parts: Child[] = [];
  const started = (child: Child) => {
    parts.push(child);
    return child;
  };
  const stopRequested = new Promise<"signal">((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.once(signal, () => resolve("signal"));
    }
  });
  const installation: Installation = {
    startWeb: (development) => started(startWeb(development)),
    startWorker: () => started(startChild("worker", typescript("server/worker/main.ts"))),
    async untilStopped() {
      const firstEnd = Promise.race(
        parts.map((part) => part.ended.then((code) => ({ part: part.name, code }))),
      );
      const reason = await Promise.race([stopRequested, firstEnd]);
      if (reason !== "signal") log("start").error(reason, "a part ended by itself; stopping the rest");
      await installation.stop();
      return reason === "signal" ? 0 : 1;
    },
    async stop() {
      // The web first, so that nobody writes; then the worker, which hands its jobs back; then the database.
      for (const part of parts) await part.stop();
      await database.close();
    },
  };
  return installation;
}
