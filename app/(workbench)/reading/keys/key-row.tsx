"use client";

import { useEffect, useRef } from "react";
import { Button } from "@/app/_components/button";
import { Kbd } from "@/app/_components/kbd";
import { type KeyCap, keyCap } from "@/server/lib/key-caps";
import { type KeyedAction, keyOf } from "@/server/reading/keys";
import type { Keys } from "./use-keys";

type Props = {
  action: KeyedAction;
  does: string;
  keys: Keys;
  /** Waits for the key that it is to have. */
  asking: boolean;
  onAsk(on: boolean): void;
};

/** What a key does and which it is; pressed, it takes the next key that is pressed. */
export function KeyRow({ action, does, keys, asking, onAsk }: Props) {
  const key = keys.keys.get(action) ?? null;
  const refused = keys.refused?.action === action ? keys.refused : null;
  const swapped = refused ? keys.swapped() : null;
  const capture = useCapture(asking, (pressed) => {
    onAsk(false);
    if (pressed !== null && pressed !== key) keys.choose(action, pressed);
  });
  return (
    <li className="border-line border-b last:border-b-0">
      <div className="flex h-9 items-center justify-between gap-3">
        <span className="first-letter:uppercase">{does}</span>
        <button
          ref={capture}
          type="button"
          aria-label={
            asking
              ? `${does}: press a key`
              : `${does}: ${key === null ? "no key" : nameOf(keyCap(key))}. Change`
          }
          onClick={() => {
            keys.forget();
            onAsk(!asking);
          }}
          onBlur={() => asking && onAsk(false)}
          className={`flex h-7 min-w-[92px] cursor-pointer items-center justify-center rounded-md border px-2 hover:bg-raise ${asking ? "border-accent text-accent" : "border-line"}`}
        >
          {asking ? (
            "press a key"
          ) : key === null ? (
            <span className="text-leak">no key</span>
          ) : (
            <Kbd keys={key} />
          )}
        </button>
      </div>
      {refused ? (
        <div role="alert" className="mb-2 flex items-center gap-3 border-leak border-l-2 pl-2.5">
          <span className="flex-1">{refused.text}</span>
          {swapped ? (
            <Button size="sm" onPress={() => keys.save(swapped)}>
              Swap the two
            </Button>
          ) : null}
        </div>
      ) : null}
    </li>
  );
}

/** While it is asked for, the next key goes to `take`: null for Escape. Keys that nothing can have are not heard. */
function useCapture(asking: boolean, take: (key: string | null) => void) {
  const button = useRef<HTMLButtonElement>(null);
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => {
    if (!asking) return;
    // Safari gives a clicked button no focus; without it there is no blur that ends the asking.
    button.current?.focus();
    const press = (event: KeyboardEvent) => {
      const key = keyOf(event);
      if (key === null && event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      latest.current(event.key === "Escape" ? null : key);
    };
    window.addEventListener("keydown", press, true);
    return () => window.removeEventListener("keydown", press, true);
  }, [asking]);
  return button;
}

/** What is said of a cap holds what stands on it, for who speaks to the page what she sees. */
function nameOf({ sign, spoken }: KeyCap): string {
  return /^\p{L}+$/u.test(sign) && sign !== spoken ? `${spoken}, ${sign}` : spoken;
}
