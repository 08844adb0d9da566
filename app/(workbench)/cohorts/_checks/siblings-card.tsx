import { Metric } from "@/app/_components/metric";
import type { SiblingFigure, TestSet } from "@/server/integrity/sibling-schema";
import { siblingVerdict } from "@/server/integrity/sibling-words";
import type { CheckState } from "@/server/training/checks/schema";
import { type CheckBase, CheckButton } from "./check-button";
import { CheckCard, isOver } from "./check-card";

type Siblings = Extract<CheckState, { kind: "siblings" }>;
type Props = { check: Siblings | null; cohort: number; bases: readonly CheckBase[]; mayStart: boolean };

const cell = "h-8 whitespace-nowrap border-line border-b px-2";
const setWords: { readonly [Set in TestSet]: string } = {
  leaked: "leaked",
  clean: "clean, as control",
  all: "all",
};

/** What the leak costs, by the fairest of the ways: the same test images, with and without their siblings. */
export function SiblingsCard({ check, cohort, bases, mayStart }: Props) {
  const result = check?.result ?? null;
  return (
    <CheckCard
      title="The same test images, with and without their siblings in training"
      check={check}
      basis={result ? `${result.splits} splits by image, two heads each` : undefined}
      about="Over 100 splits by image, two heads of equally many training images score the same test images: one that was trained with the patient’s other films, one that was not."
      next={
        isOver(check) && mayStart && (result === null || check?.outdated) ? (
          <CheckButton kind="siblings" cohort={cohort} bases={bases} label="Measure" />
        ) : null
      }
    >
      {result ? (
        <>
          <div className="overflow-x-auto">
            <table className="w-full border-separate border-spacing-0 tabular-nums">
              <caption className="sr-only">With and without siblings in training</caption>
              <thead>
                <tr className="text-[12px] text-dim">
                  {["Test images", "Metric"].map((name) => (
                    <th key={name} scope="col" className={`${cell} text-left font-medium`}>
                      {name}
                    </th>
                  ))}
                  {["with siblings", "without", "difference"].map((name) => (
                    <th key={name} scope="col" className={`${cell} text-right font-medium`}>
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {result.sets.flatMap(({ on, figures }) =>
                  figures.map((figure) => <Row key={`${on} ${figure.metric}`} on={on} figure={figure} />),
                )}
              </tbody>
            </table>
          </div>
          <p className="max-w-[110ch]">{siblingVerdict(result)}</p>
        </>
      ) : null}
    </CheckCard>
  );
}

function Row({ on, figure }: { on: TestSet; figure: SiblingFigure }) {
  const { metric, withSiblings, withoutSiblings, difference, beyondNoise } = figure;
  return (
    <tr>
      <th scope="row" className={`${cell} text-left font-normal`}>
        {setWords[on]}
      </th>
      <td className={cell}>{metric === "auc" ? "AUC" : metric}</td>
      {[withSiblings, withoutSiblings].map((value, at) => (
        <td key={at === 0 ? "with" : "without"} className={`${cell} text-right`}>
          <Metric {...value} reason="No such image" />
        </td>
      ))}
      <td className={`${cell} text-right ${beyondNoise ? "text-leak" : ""}`}>
        <Metric {...difference} reason="No such image" />
      </td>
    </tr>
  );
}
