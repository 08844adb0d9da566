import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { absoluteHours, personOfSession } from "@/server/auth/sessions";
import { signIn, signOut } from "@/server/auth/sign-in";
import { env } from "@/server/lib/env";
import { log } from "@/server/lib/log";
import { isSecure, sessionCookieName } from "./cookie";

/** next-auth with address and password. Its token holds a session id and nothing else. */
export function authOptions(): NextAuthOptions {
  return {
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: "jwt", maxAge: absoluteHours * 3600 },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(credentials, request) {
          const result = await signIn({
            email: String(credentials?.email ?? ""),
            password: String(credentials?.password ?? ""),
            address: addressOf(request.headers ?? {}),
            userAgent: request.headers?.["user-agent"] ?? null,
          });
          // next-auth hands the message of a thrown error to the sign-in page.
          if (!result.ok) throw new Error(result.code);
          return { id: result.value.sessionId };
        },
      }),
    ],
    callbacks: {
      async jwt({ token, user }) {
        if (user) return { sid: user.id };
        const sid = typeof token.sid === "string" ? token.sid : null;
        if (sid === null || (await personOfSession(sid)) === null) throw new Error("session ended");
        return { sid };
      },
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) =>
        url.startsWith("/") && !url.startsWith("//") ? `${baseUrl}${url}` : baseUrl,
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sid === "string") await signOut(token.sid);
      },
    },
    cookies: cookies(),
    logger: {
      error: (code) => log("auth").debug({ code }, "next-auth"),
      warn: (code) => log("auth").debug({ code }, "next-auth"),
      debug: () => {},
    },
  };
}

function cookies(): NextAuthOptions["cookies"] {
  const secure = isSecure();
  const prefix = secure ? "__Host-" : "";
  const options = { httpOnly: true, sameSite: "lax", path: "/", secure } as const;
  return {
    sessionToken: { name: sessionCookieName(), options },
    csrfToken: { name: `${prefix}overread.csrf`, options },
    callbackUrl: { name: `${prefix}overread.callback`, options },
  };
}

/** The caller's network address, as the nearest proxy (or Next itself) wrote it: the last entry. */
function addressOf(headers: Record<string, string | undefined>): string {
  return headers["x-forwarded-for"]?.split(",").at(-1)?.trim() || "unknown";
}
