import { LinkButton } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { Metric } from "@/app/_components/metric";
import { may, type Person } from "@/server/auth/actor";
import { valueOf as valueIn } from "@/server/auth/command";
import { log } from "@/server/lib/log";
import { listErrors } from "@/server/models/queries";
import { saliencyMeasures } from "@/server/models/saliency-measures";
import { errorKinds, type SaliencyMeasures } from "@/server/models/schema";
import { requireModel } from "../model";
import { ModelHead } from "../model-head";
import { ErrorsBoard } from "./errors-board";
import { KindChips } from "./kind-chips";

type Props = {
  params: Promise<{ runId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function ErrorsPage({ params, searchParams }: Props) {
  const { person, run } = await requireModel(params);
  const search = await searchParams;
  const kind = errorKinds.find((name) => name === search.kind) ?? "all";
  const [p, image] = typeof search.after === "string" ? search.after.split("~").map(Number) : [];
  const after =
    Number.isFinite(p) && Number.isInteger(image) ? { p: Number(p), image: Number(image) } : undefined;
  const errors = valueIn(await listErrors(person, { run: run.id, kind, after }));
  const { test, counts, cases, next, classes } = errors;
  const { accuracy } = test.metrics;
  const head = (
    <ModelHead
      run={run}
      title={`${counts.all.toLocaleString("en-US")} misclassified of ${test.images.toLocaleString("en-US")} test images`}
      beside={
        <>
          accuracy {accuracy ? <Metric {...accuracy} /> : "–"}
          {classes.length === 2 ? " at threshold 0.50" : null}
        </>
      }
    />
  );
  if (counts.all === 0) {
    return (
      <div className="flex flex-col gap-5">
        {head}
        <EmptyState
          title="Every test image is classified rightly"
          text="There is nothing to review. See on the evaluation page how sure the model is, and in the split's audit whether the test is a fair one."
          action={<LinkButton href={`/splits/${run.split.id}`}>Audit of the split</LinkButton>}
        />
      </div>
    );
  }
  return (
    <ErrorsBoard
      // A new filter or page is a new board.
      key={`${kind} ${search.after ?? ""}`}
      run={run.id}
      classes={classes}
      cases={cases}
      more={
        next
          ? `/models/${run.id}/errors?${new URLSearchParams({ kind, after: `${next.p}~${next.image}` })}`
          : null
      }
      open={Number(search.image) || null}
      measures={measuresOf(person, run.id)}
      maySend={may(person, "worklists.manage")}
      head={head}
      chips={<KindChips run={run.id} kind={kind} counts={counts} classes={classes} />}
    />
  );
}

/** A mask that cannot be read takes its figures from the page, not the page itself. */
async function measuresOf(person: Person, run: number): Promise<SaliencyMeasures | null> {
  try {
    return valueIn(await saliencyMeasures(person, { run }));
  } catch (error) {
    log("models").error({ run, err: error }, "saliency measures");
    return null;
  }
}
