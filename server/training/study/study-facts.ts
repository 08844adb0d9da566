import type { SplitAudit } from "@/server/db/schema/split-facts";
import type { LeakCost } from "@/server/integrity/schema";
import type { ShortcutsResult } from "@/server/integrity/shortcut-schema";
import type { SiblingsResult } from "@/server/integrity/sibling-schema";
import type { RunDetail } from "../run-views";
import type { TrialView } from "../sweeps/sweep-views";
import type { Publication } from "./publication";
import type { Contradiction } from "./publication-checks";

/** One of the two splits, the grid on it, and its best trial as a full run. */
export type SplitStudy = {
  readonly name: string;
  readonly audit: SplitAudit;
  readonly sweep: number;
  /** The best first: by validation accuracy, then by lower validation loss. */
  readonly trials: readonly TrialView[];
  readonly run: RunDetail;
};

/** Everything that the report of a reproduced study says; the report adds nothing but words. */
export type StudyFacts = {
  readonly madeAt: string;
  readonly codeVersion: string;
  readonly engine: { readonly name: string; readonly library: string; readonly device: string };
  readonly cores: number;
  readonly steps: readonly { readonly step: string; readonly seconds: number }[];
  readonly cohort: {
    readonly images: number;
    readonly patients: number;
    readonly classes: Readonly<Record<string, number>>;
    readonly unmatched: number;
  };
  readonly base: { readonly network: string; readonly title: string; readonly weights: string };
  readonly splits: { readonly random: SplitStudy; readonly patient: SplitStudy };
  readonly leak: { readonly onTestImages: LeakCost | null; readonly siblings: SiblingsResult };
  readonly shortcuts: ShortcutsResult;
  /** Null where the data folder does not hold what the study published. */
  readonly publication: Publication | null;
  readonly contradictions: readonly Contradiction[];
};
