import type { Overlay } from "@/server/images/overlay-picture";

/** A transparent PNG that lies over a film; 304 where the browser has it already, and nothing is drawn. */
export async function overlayResponse(overlay: Overlay, request: Request): Promise<Response> {
  const etag = `"${overlay.etag}"`;
  const headers = { ETag: etag, "Cache-Control": "private, max-age=3600", Vary: "Cookie" };
  if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
  const png = await overlay.draw();
  return new Response(new Uint8Array(png), { headers: { ...headers, "Content-Type": "image/png" } });
}
