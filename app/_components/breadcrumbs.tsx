"use client";

import { useEffect, useSyncExternalStore } from "react";

export type Crumb = { readonly label: string; readonly href?: string };

let current: readonly Crumb[] | null = null;
const listeners = new Set<() => void>();

function put(crumbs: readonly Crumb[] | null): void {
  current = crumbs;
  for (const listener of listeners) listener();
}

/**
 * What follows the place in the top bar while this page is open. Render it once in a page.
 * @example <Breadcrumbs crumbs={[{ label: "published", href: "/cohorts/3" }, { label: split.name }]} />
 */
export function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  const key = JSON.stringify(crumbs);
  useEffect(() => {
    put(JSON.parse(key) as Crumb[]);
    return () => put(null);
  }, [key]);
  return null;
}

/** For the top bar: what the open page said, or null. */
export function useCrumbs(): readonly Crumb[] | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
    () => null,
  );
}
