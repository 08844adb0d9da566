import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { may, type Person } from "@/server/auth/actor";
import type { Permission } from "@/server/auth/permissions";
import { personOfSession } from "@/server/auth/sessions";
import { sessionCookieName, sessionIdOf } from "./cookie";
import { pathHeader } from "./path";

/** Who is signed in, checked against the sessions table once per request; null when nobody is. */
export const currentPerson = cache(async (): Promise<Person | null> => {
  const id = await currentSessionId();
  return id === null ? null : personOfSession(id);
});

/** The session id of this request's cookie, unchecked. */
export async function currentSessionId(): Promise<string | null> {
  return sessionIdOf((await cookies()).get(sessionCookieName())?.value);
}

/** The person at the page; without one the browser goes to the sign-in page and comes back afterwards. */
export async function requirePerson(): Promise<Person> {
  const person = await currentPerson();
  if (person) return person;
  const from = (await headers()).get(pathHeader);
  redirect(from && from !== "/" ? `/sign-in?from=${encodeURIComponent(from)}` : "/sign-in");
}

/** As `requirePerson`; a person whose role lacks the permission sees the page as not there. */
export async function requirePermission(permission: Permission): Promise<Person> {
  const person = await requirePerson();
  if (!may(person, permission)) notFound();
  return person;
}
