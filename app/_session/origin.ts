import { env } from "@/server/lib/env";

const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);
const harmless = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a request may change something: reading methods always, others only from a page of this site. A
 * missing, `null` or foreign Origin is refused (Next's server actions let a missing one through).
 */
export function originAllowed(method: string, headers: Headers): boolean {
  if (harmless.has(method)) return true;
  const origin = parseOrigin(headers.get("origin"));
  if (!origin) return false;
  const own = parseOrigin(env().NEXTAUTH_URL);
  if (own && origin.origin === own.origin) return true;
  // On one's own machine the browser may say localhost or 127.0.0.1; the port is the same.
  const local = own === null || loopback.has(own.hostname);
  return local && loopback.has(origin.hostname) && origin.host === headers.get("host");
}

function parseOrigin(text: string | null | undefined): URL | null {
  return text && URL.canParse(text) ? new URL(text) : null;
}
