import type { ClassAuc, PropertyCheck, PropertyName, Retraining, ShortcutsResult } from "./shortcut-schema";

/** What each property is called in a sentence, after "told by". */
export const propertyWords: { readonly [Name in PropertyName]: string } = {
  dataset: "the source dataset",
  view: "the view",
  sex: "the recorded sex",
  age: "the recorded age",
  size: "the image's width and height",
  aspect: "the image's shape",
  format: "the file format",
  border: "fifteen brightness figures of the border",
};

export const lookWords: { readonly [Look in Retraining["looks"][number]["look"]]: string } = {
  whole: "the whole film",
  frame: "the outer frame only (central 70% black)",
  centre: "the central 70% only",
};

/** From here on a property all but tells the class. */
const telling = 0.9;
/** From here on it helps a model that has nothing else. */
const helping = 0.7;

export type ShortcutVerdict = {
  /** "told": without a lung; "helped": partly; "none": nothing found among what was measured. */
  readonly verdict: "told" | "helped" | "none";
  /** One plain sentence, to stand before any model's accuracy. */
  readonly sentence: string;
};

/** The one thing to know of a cohort before any accuracy on it is read. */
export function shortcutVerdict(result: ShortcutsResult): ShortcutVerdict {
  const ranked = result.properties
    .map((property) => ({ property, best: strongest(property.aucs) }))
    .filter(({ best }) => best !== null && (best.auc.low ?? 0) > 0.5)
    .sort((a, b) => (b.best?.auc.value ?? 0) - (a.best?.auc.value ?? 0));
  const told = ranked.filter(({ best }) => (best?.auc.value ?? 0) >= telling);
  const helped = ranked.filter(({ best }) => (best?.auc.value ?? 0) >= helping);
  const frame = frameSentence(result);
  if (told.length > 0) {
    return {
      verdict: "told",
      sentence: `The class can be told without looking at a lung, by ${list(told, result)}.${frame}`,
    };
  }
  if (helped.length > 0) {
    return {
      verdict: "helped",
      sentence: `Something beside the lung helps to tell the class: ${list(helped, result)}.${frame}`,
    };
  }
  return {
    verdict: "none",
    sentence: `None of what was measured beside the lung tells the class well.${frame} Text on the film, devices and illness severity were not measured.`,
  };
}

type Ranked = { readonly property: PropertyCheck; readonly best: ClassAuc | null };

function list(ranked: readonly Ranked[], { classes }: ShortcutsResult): string {
  const named = ranked.slice(0, 3).map(({ property, best }) => {
    const of = classes.length > 2 ? ` for ${best?.class}` : "";
    return `${propertyWords[property.name]} alone (AUC ${(best?.auc.value ?? 0).toFixed(2)}${of})`;
  });
  return named.length > 1 ? `${named.slice(0, -1).join(", ")} and ${named.at(-1)}` : named.join("");
}

function frameSentence({ retraining }: ShortcutsResult): string {
  const of = (look: keyof typeof lookWords) => retraining?.looks.find((one) => one.look === look);
  const [whole, frame] = [strongest(of("whole")?.aucs ?? []), strongest(of("frame")?.aucs ?? [])];
  if (!whole || !frame) return "";
  const lost = of("frame")?.lost.find((one) => one.class === whole.class)?.auc;
  const figures = `AUC ${(frame.auc.value ?? 0).toFixed(3)}, against ${(whole.auc.value ?? 0).toFixed(3)} with the whole film`;
  const hardly = (lost?.value ?? 1) < 0.05;
  return hardly
    ? ` A model that sees only the outer frame does about as well as one that sees everything (${figures}).`
    : ` A model that sees only the outer frame does worse than one that sees everything (${figures}).`;
}

/** The class that is told best. */
export function strongest(aucs: readonly ClassAuc[]): ClassAuc | null {
  return aucs.reduce<ClassAuc | null>(
    (best, next) => ((next.auc.value ?? 0) > (best?.auc.value ?? 0) ? next : best),
    null,
  );
}
