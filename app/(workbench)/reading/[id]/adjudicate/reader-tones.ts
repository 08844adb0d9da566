import type { Tone } from "@/app/_viewer/marks";

const tones: readonly Tone[] = ["first", "second", "third"];

/** How a reader's regions are drawn; from the third on they look alike and say who in words. */
export function toneOf(place: number): Tone {
  return tones[Math.min(place, tones.length - 1)] ?? "third";
}
