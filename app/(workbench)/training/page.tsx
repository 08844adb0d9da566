import { randomUUID } from "node:crypto";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { PageHeader } from "@/app/_components/page-header";
import { requirePermission } from "@/app/_session/session";
import { may } from "@/server/auth/actor";
import { valueOf as valueIn } from "@/server/auth/command";
import { launchChoices } from "@/server/training/choices";
import { planLaunch } from "@/server/training/plan";
import { listRuns } from "@/server/training/queries";
import { LaunchForm } from "./launch-form";
import { chosenLaunch } from "./launch-search";
import { NoSplit } from "./no-split";
import { Plan } from "./plan";
import { RunsTable } from "./runs-table";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function TrainingPage({ searchParams }: Props) {
  const person = await requirePermission("training.view");
  const search = await searchParams;
  const choices = valueIn(await launchChoices(person, {}));
  const before = Number(search.before) || undefined;
  const runs = valueIn(await listRuns(person, { before, limit: 30 }));
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        title="Training"
        sub="Launch a run on a split, and see what every run came to."
        actions={<LinkButton href="/training/sweeps">Sweeps</LinkButton>}
      />
      {may(person, "training.launch") ? <Launch person={person} choices={choices} search={search} /> : null}
      <Card title="Runs">
        <RunsTable runs={runs.rows} next={runs.next} />
      </Card>
    </div>
  );
}

type LaunchProps = {
  person: Awaited<ReturnType<typeof requirePermission>>;
  choices: Parameters<typeof LaunchForm>[0]["choices"];
  search: Awaited<Props["searchParams"]>;
};

async function Launch({ person, choices, search }: LaunchProps) {
  if (choices.splits.length === 0) return <NoSplit what="A run" />;
  const chosen = chosenLaunch(search, choices);
  const plan = await planLaunch(person, chosen);
  return (
    <LaunchForm
      // A key of its own for every state of the form: a second press of the same one launches nothing new.
      launchKey={randomUUID()}
      choices={choices}
      chosen={chosen}
      configuration={plan.ok ? plan.value.configuration : null}
    >
      <Plan plan={plan} />
    </LaunchForm>
  );
}
