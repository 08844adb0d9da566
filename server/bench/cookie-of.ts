import { encode } from "next-auth/jwt";
import type { Person } from "@/server/auth/actor";
import { openSession } from "@/server/auth/sessions";
import { database } from "@/server/db/client";
import { env } from "@/server/lib/env";

/** The cookie of somebody who has signed in just now. */
export async function cookieOf(person: Person): Promise<string> {
  const sid = await openSession(database(), person.userId, null);
  return `overread.session=${await encode({ token: { sid }, secret: env().NEXTAUTH_SECRET ?? "" })}`;
}
