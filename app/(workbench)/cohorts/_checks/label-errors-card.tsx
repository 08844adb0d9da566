import { LinkButton } from "@/app/_components/button";
import type { CheckState } from "@/server/training/checks/schema";
import { type CheckBase, CheckButton } from "./check-button";
import { CheckCard, foldWords, isOver } from "./check-card";
import { DoubtTable } from "./doubt-table";

type LabelErrors = Extract<CheckState, { kind: "label-errors" }>;
type Props = {
  check: LabelErrors | null;
  cohort: number;
  bases: readonly CheckBase[];
  mayStart: boolean;
  mayList: boolean;
};

/** Whose label is likely wrong, and the way to read those films first. */
export function LabelErrorsCard({ check, cohort, bases, mayStart, mayList }: Props) {
  const result = check?.result ?? null;
  const again = result === null || check?.outdated || (result.weights === null && bases.length > 0);
  return (
    <CheckCard
      title="Likely label errors"
      check={check}
      basis={result ? foldWords(result) : undefined}
      about="Each film is judged by a head that was trained without its patient. Where that is as sure of another class as it is of that class’s own films, the label is worth a second look (confident learning)."
      next={
        <>
          {result && result.errors > 0 && mayList ? (
            <LinkButton
              href={`/reading/new?kind=label-errors&check=${check?.id}`}
              variant="primary"
              className="self-start"
            >
              Make a worklist
            </LinkButton>
          ) : null}
          {isOver(check) && mayStart && again ? (
            <CheckButton
              kind="label-errors"
              cohort={cohort}
              bases={bases}
              label={check === null ? "Look for label errors" : "Look again"}
            />
          ) : null}
        </>
      }
    >
      {result ? (
        <>
          <p className="max-w-[80ch]">
            {result.errors === 0
              ? "No label is doubted: of no film is a model that did not see its patient sure of another class."
              : `${result.errors.toLocaleString("en-US")} of ${result.images.toLocaleString("en-US")} labels are doubted: a model that did not see the patient is sure of another class.`}
          </p>
          {result.weights === null ? (
            <p className="max-w-[80ch] text-leak">
              Seen with random weights, which tell little apart: import trained ones under Models and look
              again.
            </p>
          ) : null}
          <DoubtTable result={result} />
        </>
      ) : null}
    </CheckCard>
  );
}
