import type { ReactNode } from "react";
import { Breadcrumbs } from "@/app/_components/breadcrumbs";
import { TabsNav } from "@/app/_components/tabs-nav";
import { errorCount, type Model } from "./model";

/** Title, its figures beside it, and the tabs of a model's pages. */
export function ModelHead({ run, title, beside }: { run: Model; title: ReactNode; beside?: ReactNode }) {
  const base = `/models/${run.id}`;
  const name = `run ${run.id} · ${run.network.title}`;
  return (
    <header>
      <Breadcrumbs crumbs={[{ label: name, href: `${base}/evaluation` }]} />
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h1 className="font-semibold text-[20px] leading-7">{title}</h1>
        {beside ? <p className="text-dim">{beside}</p> : null}
      </div>
      <div className="mt-2.5">
        <TabsNav
          label={`Pages of ${name}`}
          tabs={[
            { href: `${base}/evaluation`, label: "Evaluation" },
            { href: `${base}/predictions`, label: "Predictions" },
            { href: `${base}/errors`, label: "Errors", count: errorCount(run.metrics) },
            { href: `${base}/configuration`, label: "Configuration" },
          ]}
        />
      </div>
    </header>
  );
}
