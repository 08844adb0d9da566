"use client";

import { type RefObject, useLayoutEffect, useState } from "react";
import type { Size } from "./film-geometry";

/** An element's inner size in CSS pixels; null before it is laid out. */
export function useSize(element: RefObject<HTMLElement | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const at = element.current;
    if (!at) return;
    const measure = () => setSize({ width: at.clientWidth, height: at.clientHeight });
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(at);
    return () => watch.disconnect();
  }, [element]);
  return size;
}
