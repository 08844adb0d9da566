import { shortcutVerdict } from "@/server/integrity/shortcut-words";
import type { CheckState } from "@/server/training/checks/schema";
import { type CheckBase, CheckButton } from "./check-button";
import { CheckCard, foldWords, isOver } from "./check-card";
import { PropertyTable } from "./property-table";
import { Remedies } from "./remedies";

type Shortcuts = Extract<CheckState, { kind: "shortcuts" }>;
type Props = { check: Shortcuts | null; cohort: number; bases: readonly CheckBase[]; mayStart: boolean };

/** Whether the class is told by something that is not the lung. */
export function ShortcutsCard({ check, cohort, bases, mayStart }: Props) {
  const result = check?.result ?? null;
  return (
    <CheckCard
      title="What the classes are told by"
      check={check}
      basis={result ? foldWords(result) : undefined}
      about="A model can be right without looking at a lung: by the source, the size of the image, or its border. This measures how well each of them tells the classes alone, and what a network sees on films whose centre is black."
      next={
        isOver(check) && mayStart && (result === null || check?.outdated) ? (
          <CheckButton
            kind="shortcuts"
            cohort={cohort}
            bases={bases}
            label={check === null ? "Check for shortcuts" : "Check again"}
          />
        ) : null
      }
    >
      {result ? (
        <>
          <PropertyTable result={result} />
          {shortcutVerdict(result).verdict === "none" ? null : <Remedies cohort={cohort} />}
        </>
      ) : null}
    </CheckCard>
  );
}
