import { showSaliency } from "@/server/models/saliency";
import { saliencyRoute } from "../../../saliency-route";

/** What a stored saliency map says, and where its overlay is. */
export const GET = saliencyRoute(showSaliency);
