import Link from "next/link";
import { Card } from "@/app/_components/card";
import { Notice } from "@/app/_components/notice";
import { leakSentence } from "@/server/training/leaks";
import { trainableNetworks } from "@/server/training/networks";
import type { planSweep } from "@/server/training/sweeps/queries";
import type { SweepPlan } from "@/server/training/sweeps/schema";
import { basisWords, duration } from "../duration";
import { planWords } from "./plan-words";

type Planned = Awaited<ReturnType<typeof planSweep>>;

/** What the sweep will do, in words, before it is started. */
export function SweepPlanCard({ plan, kind }: { plan: Planned; kind: SweepPlan }) {
  if (!plan.ok) {
    return (
      <Card title="What this sweep will do">
        <Notice tone="error" title="This sweep cannot be started">
          {plan.message}
        </Notice>
      </Card>
    );
  }
  const { leaks, split, configuration, estimate, epochs, trials } = plan.value;
  const features = estimate.features;
  return (
    <Card title="What this sweep will do" className="flex flex-col">
      <div className="flex flex-1 flex-col gap-4">
        {leaks.length > 0 ? (
          <Notice tone="warn" title={leakSentence(leaks)}>
            Validation images leak like test images do, so options that memorise patients will win.{" "}
            <Link href={`/splits/${split.id}`} className="text-accent underline underline-offset-2">
              See the pairs and mend the split
            </Link>
          </Notice>
        ) : null}
        {configuration.weights === null ? (
          <Notice tone="warn" title="The base has random weights">
            No weights are chosen, so the frozen {trainableNetworks[configuration.network].title} gives random
            features. Good for a dry run only.
          </Notice>
        ) : null}
        <ul className="flex list-disc flex-col gap-1 pl-4 marker:text-faint">
          <li>{planWords[kind].hint}.</li>
          {features ? (
            <li>
              {features.missing === 0
                ? "The features of these films are stored already."
                : `Features are extracted once for all heads, with ${configuration.augmentedViews} rotations of each training film (${features.missing.toLocaleString("en-US")} views).`}
            </li>
          ) : null}
          <li>
            {trials} heads {kind === "halving" ? "to begin with" : ""} and {epochs.toLocaleString("en-US")}{" "}
            epochs in all, ranked by validation accuracy. Every worker takes part, each on all its cores.
          </li>
          <li>
            About <b className="font-semibold">{duration(estimate.seconds)}</b> on one core of the{" "}
            {estimate.engine} engine, {basisWords[estimate.basis]}.
          </li>
        </ul>
      </div>
    </Card>
  );
}
