import { Readable } from "node:stream";
import type { FilmFile } from "./film";

/**
 * The HTTP answer for a film: streamed, named by its SHA-256, and kept for ever by the one browser that asked
 * (the bytes behind a hash never change). `Vary: Cookie` keeps it from the next person at the same browser.
 * @param ifNoneMatch the request's header of that name
 * @param body false for HEAD
 */
export async function filmResponse(
  file: FilmFile,
  { ifNoneMatch, body }: { readonly ifNoneMatch: string | null; readonly body: boolean },
): Promise<Response> {
  const headers = new Headers({
    ETag: `"${file.sha256}"`,
    "Cache-Control": "private, max-age=31536000, immutable",
    Vary: "Cookie",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'",
  });
  if (matches(ifNoneMatch, file.sha256)) return new Response(null, { status: 304, headers });
  const bytes = await file.open();
  headers.set("Content-Type", file.mediaType);
  headers.set("Content-Length", String(bytes.size));
  if (!body) {
    bytes.body.destroy();
    return new Response(null, { headers });
  }
  return new Response(Readable.toWeb(bytes.body) as ReadableStream<Uint8Array>, { headers });
}

/** RFC 9110, 13.1.2: a list of tags, weak ones too, or `*`. */
function matches(ifNoneMatch: string | null, sha256: string): boolean {
  if (ifNoneMatch === null) return false;
  return ifNoneMatch
    .split(",")
    .map((tag) => tag.trim().replace(/^W\//, ""))
    .some((tag) => tag === "*" || tag === `"${sha256}"`);
}
