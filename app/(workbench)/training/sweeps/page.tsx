import { randomUUID } from "node:crypto";
import { Card } from "@/app/_components/card";
import { PageHeader } from "@/app/_components/page-header";
import { requirePermission } from "@/app/_session/session";
import { may } from "@/server/auth/actor";
import { valueOf as valueIn } from "@/server/auth/command";
import { launchChoices } from "@/server/training/choices";
import { listSweeps, planSweep } from "@/server/training/sweeps/queries";
import { NoSplit } from "../no-split";
import { SweepForm } from "./sweep-form";
import { SweepPlanCard } from "./sweep-plan-card";
import { chosenSweep } from "./sweep-search";
import { SweepsTable } from "./sweeps-table";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SweepsPage({ searchParams }: Props) {
  const person = await requirePermission("training.view");
  const search = await searchParams;
  const before = Number(search.before) || undefined;
  const sweeps = valueIn(await listSweeps(person, { before, limit: 30 }));
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        title="Sweeps"
        sub="Many heads on the features of one split: which options serve it best, and how much they matter."
      />
      {may(person, "training.launch") ? <NewSweep person={person} search={search} /> : null}
      <Card title="All sweeps">
        <SweepsTable sweeps={sweeps.rows} next={sweeps.next} />
      </Card>
    </div>
  );
}

type NewSweepProps = {
  person: Awaited<ReturnType<typeof requirePermission>>;
  search: Awaited<Props["searchParams"]>;
};

async function NewSweep({ person, search }: NewSweepProps) {
  const choices = valueIn(await launchChoices(person, {}));
  if (choices.splits.length === 0) return <NoSplit what="A sweep" />;
  const chosen = chosenSweep(search, choices);
  const plan = await planSweep(person, chosen);
  return (
    <SweepForm
      // A key of its own for every state of the form: a second press of the same one starts nothing new.
      sweepKey={randomUUID()}
      choices={choices}
      chosen={chosen}
      plan={plan.ok ? { trials: plan.value.trials, seconds: plan.value.estimate.seconds } : null}
    >
      <SweepPlanCard plan={plan} kind={chosen.plan} />
    </SweepForm>
  );
}
