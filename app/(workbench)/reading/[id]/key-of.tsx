"use client";

import { createContext, useContext } from "react";
import { Kbd } from "@/app/_components/kbd";
import type { KeyMap } from "@/server/reading/keys";
import type { RoomActionId } from "@/server/reading/room-actions";

/** The reader's keys, for what is drawn in the room. */
export const RoomKeys = createContext<KeyMap>(new Map());

const signs: Readonly<Record<string, string>> = {
  Enter: "⏎",
  Backspace: "⌫",
  ArrowLeft: "←",
  ArrowRight: "→",
};

/** The key of an act as this reader has it, beside its words. */
export function KeyOf({ action, bare = false }: { action: RoomActionId; bare?: boolean }) {
  const key = useContext(RoomKeys).get(action);
  if (!key) return null;
  const sign = signs[key] ?? key;
  return bare ? <span aria-hidden>{sign}</span> : <Kbd>{sign}</Kbd>;
}
