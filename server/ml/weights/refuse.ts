import { ExpectedFailure } from "@/server/lib/errors";

/** What every reader of weights throws for a file that it cannot use or does not trust. */
export function refuseWeights(why: string, cause?: unknown): ExpectedFailure {
  return new ExpectedFailure(
    "invalid",
    `The weights file ${why}.`,
    undefined,
    cause === undefined ? undefined : { cause },
  );
}

export const cutShort = "was cut short, or is damaged";
