import process from "node:process";
import { log } from "@/server/lib/log";

/**
 * Keeps this process alive when its database ends a connection in the middle of a transaction: the driver then
 * writes to the lost connection from a timer, outside every promise (porsager/postgres #1208), while the query
 * itself fails as it should. Any other error goes where it would have gone.
 */
export function tolerateLateWrites(): void {
  if (!process.hasUncaughtExceptionCaptureCallback()) process.setUncaughtExceptionCaptureCallback(caught);
}

function caught(error: unknown): void {
  if (isLateWrite(error)) {
    log("database").warn({ err: error }, "the driver wrote to a lost connection");
    return;
  }
  setImmediate(() => {
    process.setUncaughtExceptionCaptureCallback(null);
    setImmediate(tolerateLateWrites);
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
