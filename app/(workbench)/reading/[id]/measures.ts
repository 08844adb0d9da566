import type { FilmPicture } from "@/app/_viewer/film-picture";
import type { FilmTool } from "@/app/_viewer/film-viewport";
import { cardiothoracicRatio, type Line, lengthText, type Mark } from "@/app/_viewer/marks";

/** What was measured on one film. Not kept with the read: a reader writes down what matters. */
export type Measures = {
  readonly lengths: readonly Line[];
  /** The two lines of a cardiothoracic ratio. */
  readonly heart: Line | null;
  readonly chest: Line | null;
};

export const noMeasures: Measures = { lengths: [], heart: null, chest: null };

/** With one more line, drawn by the tool. A third line of a ratio begins another ratio. */
export function measured(measures: Measures, tool: FilmTool, line: Line): Measures {
  if (tool === "length") return { ...measures, lengths: [...measures.lengths, line] };
  if (tool !== "ratio") return measures;
  const { heart, chest } = measures;
  return heart && !chest ? { ...measures, chest: line } : { ...measures, heart: line, chest: null };
}

/** Without the line that was drawn last with this tool, or with any. */
export function withoutLast(measures: Measures): Measures {
  if (measures.chest) return { ...measures, chest: null };
  if (measures.heart) return { ...measures, heart: null };
  return { ...measures, lengths: measures.lengths.slice(0, -1) };
}

/** What is drawn of them. */
export function marksOf({ lengths, heart, chest }: Measures, { spacing }: FilmPicture): readonly Mark[] {
  const ratio = heart && chest ? cardiothoracicRatio(heart, chest, spacing) : null;
  return [
    ...lengths.map((line, place): Mark => mark(`length ${place}`, line, lengthText(line, spacing))),
    ...(heart ? [mark("heart", heart, `heart ${lengthText(heart, spacing)}`)] : []),
    ...(chest
      ? [
          mark(
            "chest",
            chest,
            `chest ${lengthText(chest, spacing)}${ratio === null ? "" : ` · CTR ${ratio.toFixed(2)}`}`,
          ),
        ]
      : []),
  ];
}

const mark = (id: string, line: Line, text: string): Mark => ({ ...line, id, shape: "line", text });
