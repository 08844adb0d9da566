import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";

/** Filters, mode and the chosen image live in the URL. */
export default function ImagesLayout({ children }: { children: ReactNode }) {
  return <NuqsAdapter>{children}</NuqsAdapter>;
}
