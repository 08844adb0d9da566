"use client";

import "./globals.css";
import ErrorPage from "./error";

/** When even the layout fails: the same words without anything around them. */
export default function GlobalError(props: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en" data-theme="dark">
      <body>
        <ErrorPage {...props} />
      </body>
    </html>
  );
}
