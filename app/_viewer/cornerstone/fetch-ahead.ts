"use client";

import { startEngine } from "./engine";
import { filmName } from "./film-loader";

/** Films kept decoded: what hangs, and what comes next. */
const mostBytes = 512 * 1024 * 1024;

/** Fetches and decodes films, one after the other, while another is looked at. Returns how to stop. */
export function fetchAhead(films: readonly number[]): () => void {
  let stopped = false;
  void (async () => {
    const { core } = await startEngine();
    core.cache.setMaxCacheSize(mostBytes);
    for (const film of films) {
      if (stopped) return;
      // A film that fails now is asked for again when it hangs, and says so there.
      await core.imageLoader.loadAndCacheImage(filmName(film)).catch(() => undefined);
    }
  })().catch(() => undefined);
  return () => {
    stopped = true;
  };
}

/** Fetches the viewer's program ahead of the page that needs it. */
export function warmViewer(): void {
  void startEngine().catch(() => undefined);
}
