import type { OverlayOnFilm } from "../use-overlay";
import type { CaseRegions } from "./use-case-regions";

type Overlay = Pick<OverlayOnFilm, "more" | "next">;
type Regions = Pick<CaseRegions, "hidden" | "showNext">;

/**
 * One key for all that lies over a film, in the reading room's order: each model's map and the lungs, with everybody's
 * regions; then the regions of one reader after the other, of none, and of all again.
 */
export function layOver(overlay: Overlay, regions: Regions): void {
  const whole = regions.hidden.length === 0;
  if (whole) overlay.next();
  if (!whole || !overlay.more) regions.showNext();
}
