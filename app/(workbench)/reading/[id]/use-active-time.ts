import { useEffect, useMemo, useRef } from "react";

/** Nobody at keys or mouse for this long: the time since does not count. */
const idleMs = 30_000;

export type ActiveTime = {
  /** Milliseconds that somebody was at work since `restart`, idle time and hidden tabs left out. */
  read(): number;
  /** Milliseconds since the last key or movement. */
  sinceLast(): number;
  restart(from: number): void;
};

export function useActiveTime(): ActiveTime {
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
  return useMemo(() => {
    const sinceLast = () => performance.now() - state.current.last;
    return {
      sinceLast,
      read() {
        const open = document.hidden || sinceLast() > idleMs ? 0 : sinceLast();
        return Math.round(state.current.counted + open);
      },
      restart(from: number) {
        state.current = { counted: from, last: performance.now() };
      },
    };
  }, []);
}
