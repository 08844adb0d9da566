"use server";

import { cookies } from "next/headers";
import { themeCookie, themeOf } from "@/app/_components/theme";
import { runAction } from "@/app/_session/action";
import { isSecure } from "@/app/_session/cookie";
import { currentSessionId, requirePerson } from "@/app/_session/session";
import { changePassword, signOutEverywhere } from "@/server/auth/own-account";
import type { Result } from "@/server/lib/errors";
import { railCookie } from "./places";

/** Keeps the theme for this browser. */
export async function rememberTheme(theme: string): Promise<void> {
  await requirePerson();
  await remember(themeCookie, themeOf(theme));
}

/** Keeps whether the rail is folded, for this browser. */
export async function rememberRail(folded: boolean): Promise<void> {
  await requirePerson();
  await remember(railCookie, folded ? "folded" : "open");
}

/** Changes the signed-in person's password; this session stays, her others end. */
export async function changeOwnPassword(
  _before: unknown,
  form: FormData,
): Promise<Result<{ otherSessions: number }>> {
  return runAction(changePassword, {
    current: String(form.get("current") ?? ""),
    password: String(form.get("password") ?? ""),
    sessionId: (await currentSessionId()) ?? "",
  });
}

/** Ends all sessions of the signed-in person. */
export async function leaveEverywhere(): Promise<Result<{ sessions: number }>> {
  return runAction(signOutEverywhere, {});
}

async function remember(name: string, value: string): Promise<void> {
  const year = 365 * 86_400;
  (await cookies()).set(name, value, {
    maxAge: year,
    path: "/",
    sameSite: "lax",
    secure: isSecure(),
    httpOnly: true,
  });
}
