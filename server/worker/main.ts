import { openDatabase } from "@/server/db/open";
import { log } from "@/server/lib/log";
import { startWorker } from "./worker";

const database = await openDatabase();
const worker = await startWorker();
log("worker").info({ worker: worker.id }, "worker ready");

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, async () => {
    await worker.stop();
    await database.close();
    process.exit(0);
  });
}
