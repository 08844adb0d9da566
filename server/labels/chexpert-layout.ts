import { factColumns, findingColumns } from "@/server/datasets/formats/chexpert-columns";
import { type LabelState, stateAt } from "./states";
import type { Finding } from "./vocabulary";

export type ExportedImage = {
  readonly path: string;
  readonly sex: "F" | "M" | "unknown";
  readonly age: number | null;
  readonly view: string;
  readonly labels: string;
};

// Irvin et al. 2019, "CheXpert", section 2.
const cells: Record<LabelState, string> = {
  positive: "1.0",
  negative: "0.0",
  uncertain: "-1.0",
  unmentioned: "",
};
const sexes = { F: "Female", M: "Male", unknown: "Unknown" } as const;

/**
 * The header line and a writer of lines, in the layout of CheXpert's train.csv.
 * @param allFindings adds a column for each finding of the vocabulary that CheXpert does not have
 */
export function chexpertLayout(
  vocabulary: readonly Finding[],
  { allFindings }: { readonly allFindings: boolean },
): { readonly header: string; lineOf(image: ExportedImage): string } {
  const own = new Set<string>(findingColumns);
  const others = allFindings ? vocabulary.filter(({ name }) => !own.has(name)).map(({ name }) => name) : [];
  const columns = [...findingColumns, ...others];
  const positions = columns.map((column) => vocabulary.find(({ name }) => name === column)?.position ?? -1);
  return {
    header: [...factColumns, ...columns].map(textCell).join(","),
    lineOf({ path, sex, age, view, labels }) {
      const { side, projection } = sideOf(view);
      const states = positions.map((position) => cells[stateAt(labels, position)]);
      // CheXpert writes 0 where it does not know the age; its youngest are 18.
      return [textCell(path), sexes[sex], age ?? 0, side, textCell(projection), ...states].join(",");
    },
  };
}

/** A view as the product keeps it, as CheXpert's two columns write it. */
function sideOf(view: string): { side: string; projection: string } {
  if (/^(l|lateral)$/i.test(view)) return { side: "Lateral", projection: "" };
  if (/^frontal$/i.test(view)) return { side: "Frontal", projection: "" };
  // Datasets of other makers write "AP Supine" and the like; CheXpert itself also has LL and RL.
  const projection = /^(AP|PA|LL|RL)\b/.exec(view)?.[1];
  return projection ? { side: "Frontal", projection } : { side: "", projection: "" };
}

/** Quoted where CSV asks for it; with an apostrophe where a spreadsheet would run it as a formula (OWASP). */
function textCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
