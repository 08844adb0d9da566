import { type Point, type Size, toPlace } from "./film-geometry";
import type { FilmSettings } from "./film-settings";
import { type Mark, type Tone, wordsAt } from "./marks";

type Props = {
  marks: readonly Mark[];
  /** Where the next point goes, when it is chosen by keys. */
  cursor: Point | null;
  film: Size;
  place: Size;
  settings: FilmSettings;
};

/** Lines, boxes and ellipses with their words, drawn over the film at the width of a hair whatever its zoom. */
export function MarksLayer({ marks, cursor, film, place, settings }: Props) {
  const at = (point: Point) => toPlace(point, film, place, settings);
  const cross = cursor ? at(cursor) : null;
  return (
    <svg aria-hidden="true" className="pointer-events-none absolute inset-0 size-full text-[#ffd479]">
      {marks.map((mark) => (
        <MarkShape key={mark.id} mark={mark} from={at(mark.from)} to={at(mark.to)} place={place} />
      ))}
      {cross ? (
        <path
          d={`M${cross.x - 14} ${cross.y}h28M${cross.x} ${cross.y - 14}v28`}
          stroke="#fff"
          strokeWidth={1}
          opacity={0.85}
        />
      ) : null}
    </svg>
  );
}

/** Colour and dashes: a hue alone would say nothing to many. */
export const tones: Readonly<Record<Tone, { readonly colour: string; readonly dashes: string }>> = {
  first: { colour: "#63d2ff", dashes: "7 3" },
  second: { colour: "#ff9ad5", dashes: "2 3" },
  third: { colour: "#bba8ff", dashes: "9 3 2 3" },
};

type ShapeProps = { mark: Mark; from: Point; to: Point; place: Size };

function MarkShape({ mark: { shape, text, tone, faint }, from, to, place }: ShapeProps) {
  const { colour, dashes } = tone ? tones[tone] : { colour: undefined, dashes: undefined };
  const line = { stroke: "currentColor", strokeWidth: 1.5, strokeDasharray: dashes, fill: "none" } as const;
  const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
  const [width, height] = [Math.abs(from.x - to.x), Math.abs(from.y - to.y)];
  const words = wordsAt(shape === "line" ? { x: to.x + 6, y: to.y - 6 } : { x, y: y - 5 }, text, place);
  return (
    <g color={colour} opacity={faint ? 0.45 : undefined}>
      {shape === "line" ? (
        <path d={`M${from.x} ${from.y}L${to.x} ${to.y}`} {...line} />
      ) : shape === "rectangle" ? (
        <rect x={x} y={y} width={width} height={height} {...line} />
      ) : (
        <ellipse cx={x + width / 2} cy={y + height / 2} rx={width / 2} ry={height / 2} {...line} />
      )}
      <text
        {...words}
        fill="currentColor"
        fontSize={12}
        stroke="#000"
        strokeWidth={3}
        paintOrder="stroke"
        className="tabular-nums"
      >
        {text}
      </text>
    </g>
  );
}
