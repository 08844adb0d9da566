const retryMs = 3_000;

/**
 * Fetches, again and again while the connection is gone: a film that was asked for then comes up as soon as it is
 * back. An answer of the server, whatever it says, is an answer.
 */
export async function fetchPatiently(url: string): Promise<Response> {
  while (true) {
    const response = await fetch(url).catch(() => null);
    if (response) return response;
    await connectionOrTime();
  }
}

/** Some seconds, or until the browser says that the connection is there again. */
export function connectionOrTime(): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, retryMs);
    window.addEventListener("online", done);
  });
}
