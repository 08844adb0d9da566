/** Carries the asked path and query from proxy.ts to the pages. */
export const pathHeader = "x-overread-path";

/** A path of this site to return to after signing in; anything that leads elsewhere is `/`. */
export function safeReturn(from: string | null | undefined): string {
  if (!from?.startsWith("/") || from.startsWith("//") || /[\\\s]/.test(from)) return "/";
  return from.startsWith("/sign-in") ? "/" : from;
}
