import { createHash, randomBytes } from "node:crypto";

/** 256 random bits, as they stand in a cookie's token or in a link. Never stored. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** What is stored of a secret: its SHA-256, 64 hexadecimal digits. */
export function secretHash(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
