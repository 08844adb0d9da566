import { type NextRequest, NextResponse } from "next/server";
import { sessionCookieName, sessionIdOf } from "./app/_session/cookie";
import { originAllowed } from "./app/_session/origin";
import { pathHeader } from "./app/_session/path";
import { env } from "./server/lib/env";

/**
 * Before every page and action: refuses changes from other sites, sends people without a session to the
 * sign-in page, and gives the answer its content security policy. Who may do what is decided where the data is
 * loaded, not here.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  if (!originAllowed(request.method, request.headers)) {
    const error = { code: "forbidden", message: "This request did not come from a page of this site." };
    return Response.json({ error }, { status: 403 });
  }
  const { pathname, search } = request.nextUrl;
  if (!isOpen(pathname)) {
    const id = await sessionIdOf(request.cookies.get(sessionCookieName())?.value);
    if (id === null) return toSignIn(request, pathname + search);
  }
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const policy = contentSecurityPolicy(nonce, env().NODE_ENV === "development");
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set(pathHeader, pathname + search);
  headers.set("Content-Security-Policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  return response;
}

/** Everything but built files, and but uploads: a body that passes here would be held in memory and cut. */
export const config = {
  matcher: ["/((?!_next/static/|_next/image|api/uploads/|favicon.ico$|icon.svg$|robots.txt$).*)"],
};

/** Pages for people without a session; route handlers answer 401 themselves. */
function isOpen(pathname: string): boolean {
  return /^\/(sign-in|invite|api|livez|readyz|_next)(\/|$)/.test(pathname);
}

function toSignIn(request: NextRequest, from: string): Response {
  const url = new URL("/sign-in", env().NEXTAUTH_URL ?? request.url);
  if (from !== "/" && request.method === "GET") url.searchParams.set("from", from);
  return NextResponse.redirect(url, 303);
}

function contentSecurityPolicy(nonce: string, development: boolean): string {
  // In development React rebuilds server stacks by eval, and Next's overlay brings styles without a nonce.
  const scripts = development ? " 'unsafe-eval'" : "";
  const styles = development ? "'unsafe-inline'" : `'nonce-${nonce}'`;
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'${scripts}`,
    `style-src-elem 'self' ${styles}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
