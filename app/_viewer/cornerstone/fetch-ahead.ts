"use client";

import { startEngine } from "./engine";
import { filmName } from "./film-loader";
import { drawAhead } from "./processor-drawing";

/** Films kept decoded: what hangs, and what comes next. */
const mostBytes = 512 * 1024 * 1024;
/** The film that has just been hung is drawn first. */
const quietMs = 150;

/**
 * Fetches and decodes films, one after the other, while another is looked at, and makes the first one's picture
 * where the processor draws. Returns how to stop.
 */
export function fetchAhead(films: readonly number[]): () => void {
  let stopped = false;
  let quiet: ReturnType<typeof setTimeout> | undefined;
  void (async () => {
    const { core } = await startEngine();
    core.cache.setMaxCacheSize(mostBytes);
    for (const film of films) {
      if (stopped) return;
      // A film that fails now is asked for again when it hangs, and says so there.
      const image = await core.imageLoader.loadAndCacheImage(filmName(film)).catch(() => undefined);
      const draws = image && film === films[0] && core.getShouldUseCPURendering();
      if (draws && !stopped) quiet = setTimeout(() => drawAhead(image), quietMs);
    }
  })().catch(() => undefined);
  return () => {
    stopped = true;
    clearTimeout(quiet);
  };
}

/** Fetches the viewer's program ahead of the page that needs it. */
export function warmViewer(): void {
  void startEngine().catch(() => undefined);
}
