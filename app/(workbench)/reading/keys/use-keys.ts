import { useState, useTransition } from "react";
import type { Finding } from "@/server/labels/vocabulary";
import {
  type KeyChoices,
  type KeyedAction,
  type KeyProblem,
  keyMap,
  keyProblem,
} from "@/server/reading/keys";
import { saveKeys } from "./actions";

type Refused = Omit<KeyProblem, "action"> & { readonly action: KeyedAction };

/** One's own keys while they are changed: each change is saved at once, and one that collides is refused. */
export function useKeys(findings: readonly Finding[], saved: KeyChoices) {
  const [choices, setChoices] = useState(saved);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const keys = keyMap(findings, choices);

  const save = (next: KeyChoices) =>
    start(async () => {
      setRefused(null);
      const answer = await saveKeys(next).catch(() => null);
      setProblem(
        answer?.ok ? null : (answer?.message ?? "The server cannot be reached; nothing was changed."),
      );
      if (answer?.ok) setChoices(answer.value.choices);
    });

  return {
    keys,
    refused,
    problem,
    pending,
    changed: Object.keys(choices).length,
    choose(action: KeyedAction, key: string) {
      const next = { ...choices, [action]: key };
      const wrong = keyProblem(findings, next);
      if (wrong) setRefused({ ...wrong, action, key });
      else save(next);
    },
    /** Each of the two gets the other's key, where both can have it. */
    swapped(): KeyChoices | null {
      const mine = refused && keys.get(refused.action);
      if (!refused?.with || !mine) return null;
      const next = { ...choices, [refused.action]: refused.key, [refused.with]: mine };
      return keyProblem(findings, next) ? null : next;
    },
    save,
    forget: () => setRefused(null),
    reset: () => save({}),
  };
}

export type Keys = ReturnType<typeof useKeys>;
