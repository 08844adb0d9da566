import { log } from "@/server/lib/log";

let imports = 0;

/**
 * While imports run: keeps the process alive when its database ends a connection in the middle of a
 * transaction. The driver then writes to the lost connection from a timer, outside every promise
 * (porsager/postgres #1208); the query itself fails as it should, and the import with it. Any other error goes
 * where it would have gone.
 */
export async function toleratingLateWrites<T>(work: () => Promise<T>): Promise<T> {
  imports += 1;
  if (imports === 1 && !process.hasUncaughtExceptionCaptureCallback()) {
    process.setUncaughtExceptionCaptureCallback(caught);
  }
  try {
    return await work();
  } finally {
    imports -= 1;
    if (imports === 0) process.setUncaughtExceptionCaptureCallback(null);
  }
}

function caught(error: unknown): void {
  if (isLateWrite(error)) {
    log("import").warn({ err: error }, "the driver wrote to a lost connection");
    return;
  }
  process.setUncaughtExceptionCaptureCallback(null);
  setImmediate(() => {
    throw error;
  });
}

function isLateWrite(error: unknown): boolean {
  return (
    error instanceof TypeError &&
    error.message === "Cannot read properties of null (reading 'write')" &&
    /[\\/]postgres[\\/].*connection\.js/.test(error.stack ?? "")
  );
}
