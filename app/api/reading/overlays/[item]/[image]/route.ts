import { personRoute } from "@/app/_session/route";
import { roomOverlay } from "@/server/reading/room-overlay";

/** A run's saliency map (`?run=`) or the lung mask of a film that is read in an open worklist, as a transparent PNG. */
export const GET = personRoute<{ item: string; image: string }>(async ({ person, request, params }) => {
  const asked = new URL(request.url).searchParams.get("run");
  const run = asked === null ? undefined : Number(asked);
  const drawn = await roomOverlay(person, { item: Number(params.item), image: Number(params.image), run });
  if (!drawn.ok) return drawn;
  const etag = `"${drawn.value.etag}"`;
  const headers = { ETag: etag, "Cache-Control": "private, max-age=3600", Vary: "Cookie" };
  if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
  return new Response(new Uint8Array(drawn.value.png), {
    headers: { ...headers, "Content-Type": "image/png" },
  });
});
