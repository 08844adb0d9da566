import type { ModelOutput } from "@/server/reading/schema";

/** What models said of the study: each run's class probabilities; of several films the surest for its first class. */
export function ModelSays({ models }: { models: readonly ModelOutput[] }) {
  const runs = [...new Set(models.map(({ run }) => run))];
  if (runs.length === 0) return null;
  return (
    <dl className="mt-1 flex flex-col gap-2 border-line border-t pt-2.5">
      {runs.map((run) => (
        <div key={run}>
          <dt className="mb-0.5 text-[12px] text-dim">Run {run}</dt>
          <dd className="m-0 flex flex-col gap-1">
            {surest(models.filter((one) => one.run === run)).map(({ name, probability }) => (
              <div key={name} className="grid grid-cols-[1fr_96px_36px] items-center gap-2">
                <span className="truncate">{name}</span>
                <span aria-hidden className="h-1.5 overflow-hidden rounded-full bg-raise">
                  <span className="block h-full bg-dim" style={{ width: `${100 * probability}%` }} />
                </span>
                <span className="text-right tabular-nums">{probability.toFixed(2)}</span>
              </div>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function surest(outputs: readonly ModelOutput[]): ModelOutput["classes"] {
  const first = (output: ModelOutput) => output.classes[0]?.probability ?? 0;
  const [best] = outputs.toSorted((a, b) => first(b) - first(a));
  return best?.classes ?? [];
}
