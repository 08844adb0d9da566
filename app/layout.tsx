import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { themeCookie, themeOf, themeScript } from "./_components/theme";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Overread", template: "%s · Overread" },
  description: "Relabel chest films, mend leaking splits, train, and review the model's errors.",
};

export const viewport: Viewport = { colorScheme: "dark light" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  const chosen = themeOf((await cookies()).get(themeCookie)?.value);
  return (
    <html lang="en" data-theme={chosen === "system" ? "dark" : chosen} suppressHydrationWarning>
      <head>
        {/* React Aria and HeroUI read the nonce here for the styles that they add. */}
        <meta property="csp-nonce" content={nonce} nonce={nonce} />
        {chosen === "system" ? (
          <script nonce={nonce} suppressHydrationWarning>
            {themeScript}
          </script>
        ) : null}
      </head>
      <body>{children}</body>
    </html>
  );
}
