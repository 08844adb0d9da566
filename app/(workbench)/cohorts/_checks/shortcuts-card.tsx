import { Card } from "@/app/_components/card";
import { shortcutVerdict } from "@/server/integrity/shortcut-words";
import type { CheckState } from "@/server/training/checks/schema";
import { type CheckBase, CheckButton } from "./check-button";
import { CheckCourse } from "./check-course";
import { PropertyTable } from "./property-table";
import { Remedies } from "./remedies";

type Shortcuts = Extract<CheckState, { kind: "shortcuts" }>;
type Props = { check: Shortcuts | null; cohort: number; bases: readonly CheckBase[]; mayStart: boolean };

/** Whether the class is told by something that is not the lung. */
export function ShortcutsCard({ check, cohort, bases, mayStart }: Props) {
  const result = check?.result ?? null;
  const over = check === null || check.status === "done" || check.status === "failed";
  return (
    <Card
      title="What the classes are told by"
      aside={
        result
          ? `${result.images.toLocaleString("en-US")} films, ${result.folds} folds by patient`
          : undefined
      }
    >
      <div className="flex flex-col gap-3">
        {check ? <CheckCourse check={check} /> : null}
        {result ? (
          <>
            <PropertyTable result={result} />
            {shortcutVerdict(result).verdict === "none" ? null : <Remedies cohort={cohort} />}
          </>
        ) : over && check === null ? (
          <p className="max-w-[80ch] text-dim">
            A model can be right without looking at a lung: by the source, the size of the image, or its
            border. This measures how well each of them tells the classes alone, and what a network sees on
            films whose centre is black.
          </p>
        ) : null}
        {check?.outdated ? <p className="text-leak">Films came in since; the check is of before.</p> : null}
        {over && mayStart && (result === null || check?.outdated) ? (
          <CheckButton
            kind="shortcuts"
            cohort={cohort}
            bases={bases}
            label={check === null ? "Check for shortcuts" : "Check again"}
          />
        ) : null}
      </div>
    </Card>
  );
}
