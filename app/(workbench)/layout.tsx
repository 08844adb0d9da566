import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { themeCookie, themeOf } from "@/app/_components/theme";
import { requirePerson } from "@/app/_session/session";
import { railCookie } from "./_shell/places";
import { Shell } from "./_shell/shell";

/** The signed-in shell. What a person may see is decided by each page; the rail only leaves out what she may not. */
export default async function WorkbenchLayout({ children }: { children: ReactNode }) {
  const person = await requirePerson();
  const jar = await cookies();
  return (
    <Shell
      person={{ name: person.name, email: person.email, role: person.role }}
      folded={jar.get(railCookie)?.value === "folded"}
      theme={themeOf(jar.get(themeCookie)?.value)}
    >
      {children}
    </Shell>
  );
}
