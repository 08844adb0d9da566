import type { UploadState } from "@/server/datasets/uploads/schema";

type Begun = UploadState & { readonly chunkBytes: number };

/**
 * Sends a file in pieces and goes on behind what has come when the connection is cut.
 * @param onSent bytes that the server has
 * @throws Error with the server's words, or after five cuts in a row
 */
export async function sendFile(
  file: File,
  onSent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const begun = await ask<Begun>("/api/uploads", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name: file.name, size: file.size }),
    signal,
  });
  const address = `/api/uploads/${begun.uploadId}`;
  let sent = 0;
  let cuts = 0;
  while (sent < file.size) {
    try {
      const piece = file.slice(sent, sent + begun.chunkBytes);
      const state = await ask<UploadState>(`${address}?offset=${sent}`, {
        method: "PUT",
        body: piece,
        signal,
      });
      sent = state.received;
      cuts = 0;
    } catch (error) {
      cuts += 1;
      if (signal.aborted || error instanceof Refused || cuts > 5) throw error;
      await new Promise((resolve) => setTimeout(resolve, cuts * 1000));
      sent = (await ask<UploadState>(address, { signal })).received;
    }
    onSent(sent);
  }
  return begun.source;
}

/** The server understood and said no: trying again changes nothing. */
class Refused extends Error {}

async function ask<Answer>(address: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(address, init);
  if (response.ok) return (await response.json()) as Answer;
  const said = (await response.json().catch(() => null)) as { error?: { message?: string } } | null;
  const words = said?.error?.message ?? `The server answered ${response.status}.`;
  // 409: a piece arrived whose answer was lost; asking how far it is puts that right.
  if (response.status >= 400 && response.status < 500 && response.status !== 409) throw new Refused(words);
  throw new Error(words);
}
