import type { ErrorCase } from "@/server/models/schema";

export type ErrorWords = {
  /** What kind of error, in the reader's words. */
  readonly kind: string;
  readonly about: string;
  /** A missed finding weighs more than a false alarm; the colour says which. */
  readonly tone: "text-pos" | "text-leak" | "text-unc";
  /** Of the first class, the one that is looked for. */
  readonly probability: number;
};

/** How an error is named: missed, false alarm, or (between other classes) taken for another. */
export function wordsOf(error: ErrorCase, classes: readonly string[]): ErrorWords {
  const { truth, predicted, probability, trueProbability } = error;
  if (truth === 0) {
    return { kind: "missed", about: classes[0] ?? "", tone: "text-pos", probability: trueProbability };
  }
  if (predicted === 0) return { kind: "false alarm", about: "", tone: "text-leak", probability };
  return { kind: "taken for", about: classes[predicted] ?? "", tone: "text-unc", probability };
}

/** Where a case's overlay is; null where none is stored yet. */
export function overlayOf(run: number, error: ErrorCase): string | null {
  return error.saliency ? `/api/runs/${run}/saliency/${error.image}/overlay` : null;
}

/** A patient's own number needs the word before it; CheXpert's has it already. */
export function patientName(id: string): string {
  return /^\d+$/.test(id) ? `patient ${id}` : id;
}
