import { useEffect, useMemo, useRef } from "react";

/** Nobody at keys or mouse for this long: the time since does not count. */
const idleMs = 30_000;

/** Milliseconds that somebody was at work since `restart`, idle time and hidden tabs left out. */
export function useActiveTime(): { read(): number; restart(from: number): void } {
  const state = useRef({ counted: 0, last: 0 });
  useEffect(() => {
    state.current.last = performance.now();
    const act = () => {
      const now = performance.now();
      const { last } = state.current;
      if (!document.hidden && now - last < idleMs) state.current.counted += now - last;
      state.current.last = now;
    };
    const kinds = ["keydown", "pointermove", "pointerdown", "wheel", "visibilitychange"] as const;
    for (const kind of kinds) document.addEventListener(kind, act, { passive: true });
    return () => {
      for (const kind of kinds) document.removeEventListener(kind, act);
    };
  }, []);
  // One object for good: effects and callbacks depend on it.
  return useMemo(
    () => ({
      read() {
        const { counted, last } = state.current;
        return Math.round(counted + Math.min(performance.now() - last, idleMs));
      },
      restart(from: number) {
        state.current = { counted: from, last: performance.now() };
      },
    }),
    [],
  );
}
