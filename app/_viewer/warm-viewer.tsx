"use client";

import { useEffect } from "react";
import { warmViewer } from "./cornerstone/fetch-ahead";

/** On the page before the reading room: by the time that somebody reads, the viewer is here. */
export function WarmViewer(): null {
  useEffect(() => {
    const idle = setTimeout(warmViewer, 500);
    return () => clearTimeout(idle);
  }, []);
  return null;
}
