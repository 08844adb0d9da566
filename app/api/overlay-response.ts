type Overlay = { readonly png: Uint8Array; readonly etag: string };

/** A transparent PNG that lies over a film; 304 where the browser has it already. */
export function overlayResponse({ png, etag: tag }: Overlay, request: Request): Response {
  const etag = `"${tag}"`;
  const headers = { ETag: etag, "Cache-Control": "private, max-age=3600", Vary: "Cookie" };
  if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
  return new Response(new Uint8Array(png), { headers: { ...headers, "Content-Type": "image/png" } });
}
