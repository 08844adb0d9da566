import Link from "next/link";
import { notFound } from "next/navigation";
import { Breadcrumbs } from "@/app/_components/breadcrumbs";
import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { KeepLooking } from "@/app/_components/keep-looking";
import { Notice } from "@/app/_components/notice";
import { PageHeader } from "@/app/_components/page-header";
import { RelativeTime } from "@/app/_components/relative-time";
import { requirePermission } from "@/app/_session/session";
import { may } from "@/server/auth/actor";
import { isOver } from "@/server/training/schema";
import { showSweep } from "@/server/training/sweeps/queries";
import { planWords } from "../plan-words";
import { BestTrial } from "./best-trial";
import { EndButton } from "./end-button";
import { ParameterCharts } from "./parameter-charts";
import { SweepCourse } from "./sweep-course";
import { TrialsTable } from "./trials-table";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function SweepPage({ params, searchParams }: Props) {
  const person = await requirePermission("training.view");
  const id = Number((await params).id);
  const shown = await showSweep(person, { sweep: id });
  if (!shown.ok) notFound();
  const sweep = shown.value;
  const all = (await searchParams).all === "1";
  const over = isOver(sweep.status);
  const mayLaunch = may(person, "training.launch");
  const done = sweep.trials.filter(({ status }) => status === "done");
  return (
    <div className="flex flex-col gap-5">
      <Breadcrumbs crumbs={[{ label: "Sweeps", href: "/training/sweeps" }, { label: `sweep ${id}` }]} />
      <PageHeader
        title={`Sweep ${id} · ${planWords[sweep.plan].title}`}
        sub={
          <>
            {sweep.network.title}, {sweep.weights ? `weights ${sweep.weights}` : "random weights"}, on split{" "}
            <Link
              href={`/splits/${sweep.split.id}`}
              className="text-text underline decoration-faint underline-offset-2 hover:text-accent"
            >
              {sweep.split.name}
            </Link>{" "}
            · started <RelativeTime at={sweep.createdAt} /> by {sweep.createdBy}
          </>
        }
        actions={
          <>
            {!over && mayLaunch ? <EndButton sweep={id} /> : null}
            <LinkButton href={`/api/sweeps/${id}/export`}>Export CSV</LinkButton>
          </>
        }
      />
      {sweep.status === "failed" ? (
        <Notice tone="error" title="The sweep failed">
          {sweep.error}
        </Notice>
      ) : null}
      {over ? null : <KeepLooking />}
      {over && sweep.status === "done" ? null : <SweepCourse sweep={sweep} />}
      {done[0] ? <BestTrial sweep={id} trial={done[0]} mayLaunch={mayLaunch} /> : null}
      {done.length > 1 ? <ParameterCharts trials={done} /> : null}
      <Card
        title={all ? `All ${sweep.trials.length} trials` : `The best ${Math.min(25, sweep.trials.length)}`}
        aside={
          sweep.trials.length > 25 ? (
            <Link
              href={all ? `/training/sweeps/${id}` : `/training/sweeps/${id}?all=1`}
              className="hover:text-accent hover:underline"
            >
              {all ? "The best 25" : `All ${sweep.trials.length}`}
            </Link>
          ) : null
        }
      >
        <TrialsTable trials={all ? sweep.trials : sweep.trials.slice(0, 25)} classes={sweep.classes} />
      </Card>
    </div>
  );
}
