import { LinkButton } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { type Model, requireModel } from "../model";
import { ModelHead } from "../model-head";
import { courseOf, dataOf, type Fact, machineOf, trainingOf } from "./facts";

export default async function ConfigurationPage({ params }: { params: Promise<{ runId: string }> }) {
  const { run } = await requireModel(params);
  return (
    <div className="flex flex-col gap-5">
      <ModelHead
        run={run}
        title={`Run ${run.id} · ${run.network.title}`}
        beside="everything that tells it: the same row gives the same numbers on the same engine"
      />
      <div className="grid gap-4 lg:grid-cols-2">
        <Facts title="Data" facts={dataOf(run)} />
        <Facts title="Training" facts={trainingOf(run)} />
        <Facts title="Code and engine" facts={machineOf(run)} />
        <Facts title="Course" facts={courseOf(run)} />
      </div>
      <div>
        <LinkButton href={againHref(run)}>Launch again with this configuration</LinkButton>
      </div>
    </div>
  );
}

function Facts({ title, facts }: { title: string; facts: readonly Fact[] }) {
  return (
    <Card title={title}>
      <dl className="grid grid-cols-[160px_1fr] gap-x-4">
        {facts.map(([name, value]) => (
          <div key={name} className="col-span-2 grid grid-cols-subgrid border-line border-t py-1.5">
            <dt className="text-dim">{name}</dt>
            <dd className="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function againHref({ configuration, split, seed }: Model): string {
  const { network, weights, preset, pooling, training, rotation, augmentedViews } = configuration;
  const { epochs, batchSize, learningRate, optimizer, decay, dropout, hidden, loss } = training;
  const { classWeights, sampling, l1, l2, earlyStopping } = training;
  const search = {
    split: split.id,
    network,
    weights: weights?.name,
    preset,
    pooling,
    epochs,
    batchSize,
    learningRate,
    optimizer,
    // Only one that was chosen: the usual one follows the rate and the epochs, whatever they become.
    decay: decay === learningRate / epochs ? undefined : decay,
    dropout,
    hidden,
    loss,
    classWeights,
    sampling,
    l1,
    l2,
    earlyStopping: earlyStopping?.patience,
    rotation,
    augmentedViews,
    seed,
  };
  const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== null);
  return `/training?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}
