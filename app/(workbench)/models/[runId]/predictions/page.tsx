import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { Chip } from "@/app/_components/chip";
import { DataTable } from "@/app/_components/data-table";
import { PartTag } from "@/app/_components/part-tag";
import { valueOf as valueIn } from "@/server/auth/command";
import { listPredictions } from "@/server/models/queries";
import type { Prediction } from "@/server/models/schema";
import { parts } from "@/server/splits/rules";
import { requireModel } from "../model";
import { ModelHead } from "../model-head";
import { choiceOf, hrefWith } from "./search";

type Props = {
  params: Promise<{ runId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function PredictionsPage({ params, searchParams }: Props) {
  const { person, run } = await requireModel(params);
  const choice = choiceOf(await searchParams, run.classes.length);
  const page = valueIn(await listPredictions(person, { run: run.id, ...choice, limit: 100 }));
  const { train, validation, test } = run.metrics.parts;
  const all = train.images + validation.images + test.images;
  const href = (change: Parameters<typeof hrefWith>[2]) => hrefWith(run.id, choice, change);
  return (
    <div className="flex flex-col gap-4">
      <ModelHead
        run={run}
        title={`${page.total.toLocaleString("en-US")} predictions`}
        beside={`of ${all.toLocaleString("en-US")}, by image number`}
      />
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-dim">Part</span>
        <Chip href={href({ part: undefined })} selected={choice.part === undefined}>
          all
        </Chip>
        {parts.map((part) => (
          <Chip key={part} href={href({ part })} selected={choice.part === part}>
            {part}
          </Chip>
        ))}
        <ClassChips
          name="Truth"
          classes={run.classes}
          chosen={choice.truth}
          hrefOf={(truth) => href({ truth })}
        />
        <ClassChips
          name="Predicted"
          classes={run.classes}
          chosen={choice.predicted}
          hrefOf={(predicted) => href({ predicted })}
        />
        <span className="ml-auto">
          <LinkButton href={`/api/runs/${run.id}/predictions`} download>
            Download CSV
          </LinkButton>
        </span>
      </div>
      <Card>
        <DataTable
          label="Predictions"
          columns={columnsOf(run.classes)}
          rows={page.rows.map((row) => rowOf(row, run.classes))}
          empty={<p className="py-4 text-dim">No prediction passes these filters.</p>}
        />
      </Card>
      {page.next === null ? null : (
        <div>
          <LinkButton href={href({ after: page.next })}>Next 100</LinkButton>
        </div>
      )}
    </div>
  );
}

type ChipsProps = {
  name: string;
  classes: readonly string[];
  chosen: number | undefined;
  hrefOf(index: number | undefined): string;
};

function ClassChips({ name, classes, chosen, hrefOf }: ChipsProps) {
  return (
    <>
      <span className="ml-3 text-dim">{name}</span>
      <Chip href={hrefOf(undefined)} selected={chosen === undefined}>
        all
      </Chip>
      {classes.map((title, at) => (
        <Chip key={title} href={hrefOf(at)} selected={chosen === at}>
          {title}
        </Chip>
      ))}
    </>
  );
}

function columnsOf(classes: readonly string[]) {
  return [
    { key: "image", title: "Image", sortable: true },
    { key: "patient", title: "Patient", sortable: true },
    { key: "path", title: "Path" },
    { key: "part", title: "Part", sortable: true },
    { key: "truth", title: "Truth", sortable: true },
    { key: "predicted", title: "Predicted", sortable: true },
    ...classes.map((name, at) => ({ key: `p${at}`, title: `p ${name}`, number: true, sortable: true })),
  ];
}

function rowOf(row: Prediction, classes: readonly string[]) {
  const wrong = row.truth !== row.predicted;
  const truth = classes[row.truth] ?? "";
  const predicted = classes[row.predicted] ?? "";
  const probabilities = classes.map((_, at) => [`p${at}`, row.probabilities[at] ?? 0] as const);
  return {
    key: row.image,
    href: `/images?image=${row.image}`,
    cells: {
      image: row.image,
      patient: row.patient,
      path: (
        <span className="block max-w-[420px] truncate text-dim" title={row.path}>
          {row.path}
        </span>
      ),
      part: <PartTag part={row.part} />,
      truth: <span className="whitespace-nowrap">{truth}</span>,
      predicted: <span className={`whitespace-nowrap ${wrong ? "text-leak" : ""}`}>{predicted}</span>,
      ...Object.fromEntries(probabilities.map(([key, p]) => [key, p.toFixed(3)])),
    },
    sort: {
      image: row.image,
      patient: row.patient,
      part: row.part,
      truth,
      predicted,
      ...Object.fromEntries(probabilities),
    },
  };
}
