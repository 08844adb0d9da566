"use client";

import { useEffect, useRef, useSyncExternalStore } from "react";

export type PageKey = {
  /** As a person reads it: "J", "Shift J", "Ctrl Enter", "?", "ArrowLeft". */
  readonly keys: string;
  /** What it does, as a short verb phrase: "next film". */
  readonly does: string;
  /** Called on the key while nobody types and no dialog is open; without it the page handles the key itself. */
  readonly run?: () => void;
};
export type KeyGroup = { readonly title: string; readonly keys: readonly PageKey[] };

let groups: readonly KeyGroup[] = [];
const listeners = new Set<() => void>();

function replace(next: readonly KeyGroup[]): void {
  groups = next;
  for (const listener of listeners) listener();
}

/**
 * Lists a component's keys under `?` while it is on the page, and runs those that have `run`.
 * @example usePageKeys("Errors", [{ keys: "H", does: "overlay on or off", run: toggleOverlay }]);
 */
export function usePageKeys(title: string, keys: readonly PageKey[]): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  const shown = JSON.stringify(keys.map(({ keys: names, does }) => ({ keys: names, does })));
  useEffect(() => {
    const group: KeyGroup = { title, keys: JSON.parse(shown) as PageKey[] };
    replace([...groups, group]);
    return () => replace(groups.filter((one) => one !== group));
  }, [title, shown]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isBusy(event)) return;
      const key = latest.current.find((one) => one.run && matches(event, one.keys));
      if (!key?.run) return;
      event.preventDefault();
      key.run();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}

/** For the `?` dialog: the keys of everything that is on the page. */
export function useKeyGroups(): readonly KeyGroup[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => groups,
    () => groups,
  );
}

/** Dialogs, menus and the lists of open choices; a list that stands in the page is not one. */
const overlays = "[role=dialog], [role=menu], [data-trigger] [role=listbox]";

/** Whether a key belongs to somebody else: to a field that is typed into, or to an open dialog or menu. */
function isBusy(event: KeyboardEvent): boolean {
  const target = event.target;
  const field =
    target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable=true]");
  // A key with Ctrl types nothing.
  const types = field && !event.ctrlKey && !event.metaKey;
  return Boolean(types) || document.querySelector(overlays) !== null;
}

/** "Ctrl Enter" and the like against an event; Shift counts only where it is named, and for letters, arrows and Page keys. */
export function matches(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">,
  keys: string,
): boolean {
  const names = keys.split(" ");
  const last = names.at(-1) ?? "";
  const wantsShift = names.includes("Shift");
  const hasShifted = /^(?:[a-z]|Arrow\w+|Page\w+)$/i.test(last);
  if ((event.ctrlKey || event.metaKey) !== names.includes("Ctrl")) return false;
  if (event.altKey !== names.includes("Alt")) return false;
  if ((wantsShift || hasShifted) && event.shiftKey !== wantsShift) return false;
  const key = event.key === " " ? "Space" : event.key;
  return key.toLowerCase() === last.toLowerCase();
}
