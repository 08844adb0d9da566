import { notFound } from "next/navigation";
import { Breadcrumbs } from "@/app/_components/breadcrumbs";
import { requirePermission } from "@/app/_session/session";
import { may } from "@/server/auth/actor";
import { runNews, showRun } from "@/server/training/queries";
import { fineTuningInWords } from "../course-words";
import { LiveRun } from "./live-run";

type Props = { params: Promise<{ id: string }> };

export default async function RunPage({ params }: Props) {
  const person = await requirePermission("training.view");
  const { id } = await params;
  const run = Number(id);
  const shown = await showRun(person, { run });
  const news = await runNews(person, { run });
  if (!shown.ok || !news.ok) notFound();
  const { network, split, weights, configuration, createdAt, createdBy } = shown.value;
  return (
    <>
      <Breadcrumbs crumbs={[{ label: `run ${run}` }]} />
      <LiveRun
        initial={news.value}
        facts={{
          id: run,
          title: network.title,
          split,
          weights,
          epochs: configuration.training.epochs + (configuration.fineTuning?.epochs ?? 0),
          fineTuning: configuration.fineTuning && fineTuningInWords(configuration.fineTuning),
          frozen: configuration.network !== "compact",
          createdAt,
          createdBy,
          test: shown.value.metrics?.parts.test ?? null,
        }}
        mayCancel={may(person, "training.launch")}
      />
    </>
  );
}
