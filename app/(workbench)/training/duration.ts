import type { Estimate } from "@/server/training/estimate";

/** A length of time for people: "8 s", "12 min", "3 h 05 min". */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

/** What an estimate of time goes by. */
export const basisWords: { readonly [Basis in Estimate["basis"]]: string } = {
  here: "judged by earlier runs here",
  reference: "judged by a machine with two cores and no GPU: nothing like it ran here yet",
};
