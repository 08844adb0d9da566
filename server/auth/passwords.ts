import { hash, verify } from "@node-rs/argon2";
import { dictionary } from "@zxcvbn-ts/language-common";

// OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const passwordLength = { min: 15, max: 256 } as const;

/** argon2id in PHC form. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), cost);
}

/**
 * Whether the password belongs to the hash. Without a hash (unknown address, invitation not taken up) it does
 * the same work and answers no, so that the time tells nothing.
 */
export async function passwordMatches(stored: string | null | undefined, password: string): Promise<boolean> {
  placeholder ??= hashPassword("no account stands behind this hash");
  const matches = await verify(stored ?? (await placeholder), password.normalize("NFKC"));
  return matches && typeof stored === "string";
}

let placeholder: Promise<string> | undefined;

/**
 * Why a password can't be chosen, or null: 15 to 256 characters, not a common one, not the person's own name or
 * address (NIST SP 800-63B-4, 3.1.1.2: length and a blocklist, no composition rules).
 */
export function passwordProblem(password: string, own: readonly string[] = []): string | null {
  const length = [...password].length;
  if (length < passwordLength.min)
    return `Use at least ${passwordLength.min} characters; a sentence is fine.`;
  if (length > passwordLength.max) return `Use at most ${passwordLength.max} characters.`;
  const plain = password.toLowerCase();
  if (isCommon(plain)) return "This password is on the list of common ones. Choose another.";
  const bare = own.flatMap((text) => [text, text.split("@")[0] ?? ""]).map((text) => text.toLowerCase());
  if (bare.some((text) => text.length >= 3 && isRepeated(plain, text))) {
    return "This password is your own name or address. Choose another.";
  }
  return null;
}

let common: ReadonlySet<string> | undefined;

/** A common password as it is, repeated ("passwordpassword"), or padded with digits ("password0000000"). */
function isCommon(plain: string): boolean {
  common ??= new Set(dictionary["passwords-common"]);
  if (common.has(plain)) return true;
  const bare = plain.replace(/[\d\s!?.]+$/, "");
  if (bare.length < plain.length && (bare === "" || common.has(bare))) return true;
  for (let width = 1; width <= plain.length / 2; width += 1) {
    const unit = plain.slice(0, width);
    if (isRepeated(plain, unit) && (width <= 3 || common.has(unit))) return true;
  }
  return false;
}

function isRepeated(text: string, unit: string): boolean {
  return unit.repeat(Math.ceil(text.length / unit.length)).startsWith(text);
}
