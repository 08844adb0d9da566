/** What no other try mends: a disk that is full, or that cannot be written. */
const faults: Readonly<Record<string, string>> = {
  ENOSPC: "The disk of the object store is full: make room there, and start this again.",
  EDQUOT: "The object store has used up its share of the disk: make room there, and start this again.",
  EROFS: "The object store is on a disk that is for reading only.",
  EACCES: "The object store may not be written by the worker: check who owns its folder.",
};

/** A fault of the object store's disk in the reader's words; null for any other error. */
export function storeFault(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return faults[code] ?? storeFault(error.cause);
}
