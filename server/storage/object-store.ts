import type { Readable } from "node:stream";

/**
 * Bytes under the SHA-256 of themselves. Writing what is there already does nothing, so a write can be
 * repeated; nothing is ever changed in place. Knows no feature: who may see an object is asked before.
 */
export interface ObjectStore {
  readonly kind: "folder" | "s3";
  /** Stores bytes and returns their SHA-256 (64 hexadecimal digits). */
  put(bytes: Uint8Array, mediaType?: string): Promise<string>;
  /** @throws ExpectedFailure("not-found") when there is no such object */
  get(sha256: string): Promise<Buffer>;
  /** As `get`, without holding the object in memory. `size` in bytes. */
  stream(sha256: string): Promise<{ body: Readable; size: number }>;
  has(sha256: string): Promise<boolean>;
  /** Deletes an object that nothing refers to any more. */
  remove(sha256: string): Promise<void>;
  /** Writes, reads and deletes a small object; throws with the reason when that fails. */
  check(): Promise<void>;
}
