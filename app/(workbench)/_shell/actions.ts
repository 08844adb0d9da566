"use server";

import { cookies } from "next/headers";
import { themeCookie, themeOf } from "@/app/_components/theme";
import { isSecure } from "@/app/_session/cookie";
import { requirePerson } from "@/app/_session/session";
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
