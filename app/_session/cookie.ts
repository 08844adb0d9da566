import { decode } from "next-auth/jwt";
import { env } from "@/server/lib/env";

/** Whether people reach this installation over HTTPS: then cookies carry the `__Host-` prefix and `Secure`. */
export function isSecure(): boolean {
  return env().NEXTAUTH_URL?.startsWith("https:") ?? false;
}

export function sessionCookieName(): string {
  return isSecure() ? "__Host-overread.session" : "overread.session";
}

/** The session id inside a cookie's encrypted token, or null when the token is missing, foreign or tampered. */
export async function sessionIdOf(cookie: string | undefined): Promise<string | null> {
  const secret = env().NEXTAUTH_SECRET;
  if (!cookie || !secret) return null;
  try {
    const token = await decode({ token: cookie, secret });
    return typeof token?.sid === "string" ? token.sid : null;
  } catch {
    // Anything that does not decrypt is nobody's session.
    return null;
  }
}
