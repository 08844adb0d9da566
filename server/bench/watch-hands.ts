declare global {
  interface Window {
    hands: {
      /** Milliseconds from the address to the first film. */
      filmUp(): Promise<number>;
      /** From now on the next key is watched. */
      watch(): void;
      /** Milliseconds from that key to the frame that shows what it did. */
      shown(): Promise<number>;
    };
  }
}

/**
 * Runs in the page before its own program. What a key does is seen in the page's words (findings, readout, corner
 * of the film) and, for what changes the film, in Cornerstone's word that the pixels are drawn; the time is that of
 * the frame after, when both are on the screen.
 */
export function watchHands(): void {
  const film = () => document.querySelector<HTMLElement>('[role=img][aria-label^="Film of"]');
  const words = () => `${film()?.parentElement?.textContent ?? ""}|${states()}`;
  const states = () =>
    [...document.querySelectorAll("ul[aria-label=Findings] svg")]
      .map((dot) => dot.getAttribute("aria-label"))
      .join();
  let drawn = 0;
  document.addEventListener("CORNERSTONE_IMAGE_RENDERED", () => (drawn += 1), true);
  const painted = () =>
    new Promise<number>((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(null);
      });
    });
  const until = async (done: () => boolean, what: string): Promise<number> => {
    const end = performance.now() + 20_000;
    while (!done()) {
      if (performance.now() > end) throw new Error(`${what} showed nothing: ${document.body.textContent}`);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return painted();
  };
  let result: Promise<number> = Promise.resolve(Number.NaN);
  window.hands = {
    filmUp: () => until(() => drawn > 0 && film()?.dataset.shown !== undefined, "the address"),
    watch() {
      const before = { film: film()?.dataset.shown, words: words() };
      result = new Promise((resolve, reject) => {
        const press = (event: KeyboardEvent) => {
          const from = drawn;
          const onFilm = /^[0-9i]$/i.test(event.key);
          const done = () => {
            if (event.key !== "Enter") return words() !== before.words && (!onFilm || drawn > from);
            const up = film()?.dataset.shown;
            return up !== undefined && up !== before.film && drawn > from;
          };
          until(done, event.key).then((at) => resolve(at - event.timeStamp), reject);
        };
        window.addEventListener("keydown", press, { capture: true, once: true });
      });
    },
    shown: () => result,
  };
}
