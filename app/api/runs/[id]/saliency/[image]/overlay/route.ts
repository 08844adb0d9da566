import { saliencyOverlay } from "@/server/models/saliency";
import { overlayResponse } from "../../../../../overlay-response";
import { saliencyRoute } from "../../../../saliency-route";

/** A saliency map as a transparent PNG in the film's aspect. */
export const GET = saliencyRoute(async (person, asked, request) => {
  const drawn = await saliencyOverlay(person, asked);
  return drawn.ok ? overlayResponse(drawn.value, request) : drawn;
});
