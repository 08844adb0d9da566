import type { Transaction } from "@/server/db/client";
import { checkPredictions } from "@/server/db/schema";
import type { CheckPredictions } from "./label-errors";

/** Rows a statement. */
const batch = 5_000;

/** Keeps what a check predicted; the transaction that makes it done keeps it, so that it is there once. */
export async function storePredictions(
  tx: Transaction,
  checkId: number,
  { images: { ids, label }, probabilities }: CheckPredictions,
): Promise<void> {
  const classes = probabilities.length / ids.length;
  for (let first = 0; first < ids.length; first += batch) {
    const rows = Array.from({ length: Math.min(batch, ids.length - first) }, (_, offset) => {
      const at = first + offset;
      return {
        checkId,
        imageId: ids[at] ?? 0,
        classIndex: label[at] ?? 0,
        probabilities: Array.from(probabilities.subarray(at * classes, (at + 1) * classes)),
      };
    });
    await tx.insert(checkPredictions).values(rows);
  }
}
