import { personRoute } from "@/app/_session/route";
import { roomOverlay } from "@/server/reading/room-overlay";
import { overlayResponse } from "../../../../overlay-response";

/** A run's saliency map (`?run=`) or the lung mask of a film that is read in an open worklist, as a transparent PNG. */
export const GET = personRoute<{ item: string; image: string }>(async ({ person, request, params }) => {
  const asked = new URL(request.url).searchParams.get("run");
  const run = asked === null ? undefined : Number(asked);
  const drawn = await roomOverlay(person, { item: Number(params.item), image: Number(params.image), run });
  return drawn.ok ? overlayResponse(drawn.value, request) : drawn;
});
