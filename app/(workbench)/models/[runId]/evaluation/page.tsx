import { Card } from "@/app/_components/card";
import { Chip } from "@/app/_components/chip";
import { Metric } from "@/app/_components/metric";
import { valueOf as valueIn } from "@/server/auth/command";
import { partScores } from "@/server/models/queries";
import { saliencyWorth } from "@/server/models/saliency-curves";
import { parts } from "@/server/splits/rules";
import { requireModel } from "../model";
import { ModelHead } from "../model-head";
import { ClassReport } from "./class-report";
import { ConfusionTable } from "./confusion-table";
import { FiguresTable } from "./figures-table";
import { OperatingPoint } from "./operating-point";
import { SaliencyWorthCard } from "./saliency-worth";
import { Subgroups } from "./subgroups";

type Props = {
  params: Promise<{ runId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function EvaluationPage({ params, searchParams }: Props) {
  const { person, run } = await requireModel(params);
  const search = await searchParams;
  const part = parts.find((name) => name === search.part) ?? "test";
  const measured = run.metrics.parts[part];
  const binary = run.classes.length === 2;
  const threshold = Number(search.threshold ?? 0.5);
  const { accuracy } = run.metrics.parts.test.metrics;
  const worth = part === "test" ? valueIn(await saliencyWorth(person, { run: run.id })) : null;
  return (
    <div className="flex flex-col gap-4">
      <ModelHead
        run={run}
        title={`Run ${run.id} · ${run.network.title}`}
        beside={
          <>
            test accuracy {accuracy ? <Metric {...accuracy} /> : "–"}
            {binary ? " at threshold 0.50" : null}
          </>
        }
      />
      <div className="flex items-center gap-2">
        {parts.map((name) => (
          <Chip key={name} href={`/models/${run.id}/evaluation?part=${name}`} selected={name === part}>
            {name} {run.metrics.parts[name].images.toLocaleString("en-US")}
          </Chip>
        ))}
        <span className="text-dim">
          {measured.images.toLocaleString("en-US")} images of {measured.patients.toLocaleString("en-US")}{" "}
          patients
        </span>
      </div>
      {binary ? (
        <OperatingPoint
          // Another part is another set of points.
          key={part}
          scores={valueIn(await partScores(person, { run: run.id, part }))}
          classes={run.classes}
          initial={threshold >= 0 && threshold <= 1 ? threshold : 0.5}
        />
      ) : (
        <Card title="Confusion">
          <ConfusionTable classes={run.classes} counts={measured.confusion} />
        </Card>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <FiguresTable
          part={measured}
          positive={binary ? run.classes[0] : undefined}
          bootstrap={run.metrics.bootstrap}
        />
        <ClassReport part={measured} />
      </div>
      {run.metrics.subgroups.length > 0 ? <Subgroups subgroups={run.metrics.subgroups} /> : null}
      {worth ? <SaliencyWorthCard worth={worth} /> : null}
    </div>
  );
}
