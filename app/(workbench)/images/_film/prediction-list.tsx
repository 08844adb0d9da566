import Link from "next/link";
import { PartTag } from "@/app/_components/part-tag";
import type { ImagePrediction } from "@/server/images/browse/schema";

/** What each run said of the image, with the class that it found and whether that was the truth. */
export function PredictionList({
  predictions,
  imageId,
}: {
  predictions: readonly ImagePrediction[];
  imageId: number;
}) {
  return (
    <ul className="flex flex-col gap-1.5">
      {predictions.map(({ runId, network, part, truth, predicted, probabilities }) => {
        const probability = probabilities.find(({ className }) => className === predicted)?.probability;
        return (
          <li key={runId} className="flex items-baseline justify-between gap-3">
            <span className="min-w-0 truncate">
              <Link
                href={`/models/${runId}/predictions?image=${imageId}`}
                className="hover:text-accent hover:underline"
              >
                Run {runId}
              </Link>{" "}
              <span className="text-dim">{network}</span>{" "}
              <span className="text-[12px]">
                <PartTag part={part} />
              </span>
            </span>
            <span className="whitespace-nowrap">
              {predicted === truth ? null : <span className="text-leak">wrong · </span>}
              {predicted} {probability?.toFixed(3)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
