import { createHmac } from "node:crypto";

export type Pseudonyms = {
  /** `P` and ten letters and digits: the same for the same id of the same issuer. */
  patient(patientId: string, issuer: string): string;
  /** A new UID in place of one: the same for the same, so that what belonged together still does. */
  uid(uid: string): string;
  /** Whole days, from 1 to 3,650, by which all dates of a patient move back. */
  daysBack(patientId: string, issuer: string): number;
  /** Eight letters and digits that stand for a text. */
  short(text: string): string;
};

/**
 * Names that say nothing of whom they stand for, by HMAC-SHA-256 under the installation's secret: nobody without
 * it can tell or try which patient is meant, and nothing has to be kept that leads back.
 */
export function pseudonyms(secret: string): Pseudonyms {
  const digest = (purpose: string, ...parts: readonly string[]) =>
    createHmac("sha256", secret)
      .update(JSON.stringify([purpose, ...parts]))
      .digest();
  return {
    patient: (id, issuer) => `P${letters(digest("patient", id, issuer), 10)}`,
    uid: (uid) => `2.25.${uuidNumber(digest("uid", uid))}`,
    daysBack: (id, issuer) => 1 + (digest("days", id, issuer).readUInt32BE(0) % 3650),
    short: (text) => letters(digest("short", text), 8),
  };
}

/** Crockford's alphabet: no letter that reads as a digit. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

function letters(digest: Buffer, count: number): string {
  return Array.from(digest.subarray(0, count), (byte) => alphabet[byte % 32]).join("");
}

/** PS3.5, B.2: a UUID as one number under 2.25; this is one of version 8 (RFC 9562, 5.8). */
function uuidNumber(digest: Buffer): bigint {
  const bytes = Buffer.from(digest.subarray(0, 16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return BigInt(`0x${bytes.toString("hex")}`);
}
