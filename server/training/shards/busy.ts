let extractions = 0;

/** Whether this process extracts for a run or sweep of its own: a second engine beside it would slow both down. */
export function isLeading(): boolean {
  return extractions > 0;
}

/** Notes that this process extracts while `work` does. */
export async function leading<Value>(work: () => Promise<Value>): Promise<Value> {
  extractions++;
  try {
    return await work();
  } finally {
    extractions--;
  }
}
