import { saliencyOverlay } from "@/server/models/saliency";
import { saliencyRoute } from "../../../../saliency-route";

/** A saliency map as a transparent PNG in the film's aspect. */
export const GET = saliencyRoute(async (person, asked, request) => {
  const drawn = await saliencyOverlay(person, asked);
  if (!drawn.ok) return drawn;
  const etag = `"${drawn.value.etag}"`;
  const headers = { ETag: etag, "Cache-Control": "private, max-age=3600", Vary: "Cookie" };
  if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
  return new Response(new Uint8Array(drawn.value.png), {
    headers: { ...headers, "Content-Type": "image/png" },
  });
});
