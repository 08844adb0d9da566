import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { EmptyState } from "@/app/_components/empty-state";
import { PageHeader } from "@/app/_components/page-header";
import { requirePermission } from "@/app/_session/session";
import { valueOf as valueIn } from "@/server/auth/command";
import { listRuns } from "@/server/training/queries";
import { RunsTable } from "../training/runs-table";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ModelsPage({ searchParams }: Props) {
  const person = await requirePermission("models.view");
  const before = Number((await searchParams).before) || undefined;
  const { rows, next } = valueIn(await listRuns(person, { before, limit: 30, finished: true }));
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        title="Models"
        sub="Finished runs: how well each does, where it errs, and what it looked at."
      />
      {rows.length === 0 ? (
        <EmptyState
          title="No model yet"
          text="A run that comes to its end leaves a model here, with its predictions and its errors."
          action={
            <LinkButton href="/training" variant="primary">
              Train one
            </LinkButton>
          }
        />
      ) : (
        <Card>
          <RunsTable runs={rows} next={next} base="/models" />
        </Card>
      )}
    </div>
  );
}
