"use client";

import { createContext, useContext } from "react";
import { Kbd } from "@/app/_components/kbd";
import { keyCap } from "@/server/lib/key-caps";
import type { KeyMap } from "@/server/reading/keys";
import type { RoomActionId } from "@/server/reading/room-actions";

/** The reader's keys, for what is drawn in the room. */
export const RoomKeys = createContext<KeyMap>(new Map());

/** The key of an act as this reader has it, beside its words. */
export function KeyOf({ action, bare = false }: { action: RoomActionId; bare?: boolean }) {
  const key = useContext(RoomKeys).get(action);
  if (!key) return null;
  return bare ? <span aria-hidden>{keyCap(key).sign}</span> : <Kbd keys={key} />;
}
