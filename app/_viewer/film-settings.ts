/**
 * How a film is shown. Window and level count in 255ths of the window that the file asks for, which for an
 * eight-bit film are its grey values; `x` and `y` are CSS pixels from the centre of the place; a zoom of 1 fits
 * the whole film.
 */
export type FilmSettings = {
  readonly window: number;
  readonly level: number;
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
};

export const asStored: FilmSettings = { window: 255, level: 127.5, zoom: 1, x: 0, y: 0 };

export type WindowPreset = { readonly name: string; readonly window: number; readonly level: number };

/** Digits choose these, as in the viewers that readers know. Grey values, chosen for films stored in eight bits. */
export const windowPresets: readonly WindowPreset[] = [
  { name: "As stored", window: asStored.window, level: asStored.level },
  { name: "Lungs", window: 150, level: 85 },
  { name: "Mediastinum", window: 130, level: 175 },
  { name: "Bones", window: 90, level: 200 },
];

/**
 * What the digits choose on a film: first the windows that its file offers, then ours, as long as there are digits.
 * @param asked the file's first window, by which settings count
 */
export function presetsOf(asked: GreyRange, others: readonly GreyRange[]): readonly WindowPreset[] {
  const unit = (asked.white - asked.black) / 255;
  const ofFile = others.map(({ black, white }, place) => ({
    name: `The file's, number ${place + 2}`,
    window: (white - black) / unit,
    level: (asked.lowIsWhite ? asked.white - (black + white) / 2 : (black + white) / 2 - asked.black) / unit,
  }));
  const [first, ...ours] = windowPresets;
  return [...(first ? [first] : []), ...ofFile, ...ours].slice(0, 9);
}

const zoomRange = { least: 1, most: 16 };
const narrowestWindow = 8;

type Size = { readonly width: number; readonly height: number };
type Point = { readonly x: number; readonly y: number };

/** Zooms by `factor` so that what lies under `at` (from the centre of the place) stays there. */
export function zoomedAt(settings: FilmSettings, factor: number, at: Point, place: Size): FilmSettings {
  const zoom = clamp(settings.zoom * factor, zoomRange.least, zoomRange.most);
  const ratio = zoom / settings.zoom;
  const moved = {
    ...settings,
    zoom,
    x: at.x - (at.x - settings.x) * ratio,
    y: at.y - (at.y - settings.y) * ratio,
  };
  return withinPlace(moved, place);
}

/** Moves the film by screen pixels; some of it always stays in sight. */
export function panned(settings: FilmSettings, by: Point, place: Size): FilmSettings {
  return withinPlace({ ...settings, x: settings.x + by.x, y: settings.y + by.y }, place);
}

/** To the right widens the window (less contrast), downwards lowers the level (brighter). */
export function windowed(settings: FilmSettings, by: Point): FilmSettings {
  return {
    ...settings,
    window: clamp(settings.window + by.x, narrowestWindow, 1024),
    level: clamp(settings.level - by.y / 2, 0, 255),
  };
}

/**
 * Slope and intercept of the linear grey-level transform, on values from 0 to 1: DICOM PS3.3 C.11.2.1.3.2
 * (`LINEAR_EXACT`), with the inversion folded in.
 */
export function greyTransform(
  { window, level }: Pick<FilmSettings, "window" | "level">,
  inverted: boolean,
): { slope: number; intercept: number } {
  const slope = 255 / window;
  const intercept = 0.5 - level / window;
  return inverted ? { slope: -slope, intercept: 1 - intercept } : { slope, intercept };
}

/** Values shown black and white. */
export type GreyRange = {
  readonly black: number;
  readonly white: number;
  /** Of a film whose low values are white (MONOCHROME1): settings count from its dark end, which is the high one. */
  readonly lowIsWhite?: boolean;
};
const eightBits: GreyRange = { black: 0, white: 255 };

/** What the settings make of the window that the file asks for, in the film's own values. */
export function greyRange(
  { window, level }: Pick<FilmSettings, "window" | "level">,
  asked: GreyRange,
): GreyRange {
  const unit = (asked.white - asked.black) / 255;
  const middle = asked.lowIsWhite ? 255 - level : level;
  const black = asked.black + (middle - window / 2) * unit;
  return { black, white: black + window * unit };
}

/** "W 255 · L 128 · 1.4×", in the film's own values. */
export function readout(settings: FilmSettings, asked: GreyRange = eightBits): string {
  const { black, white } = greyRange(settings, asked);
  const [window, level] = [white - black, (white + black) / 2].map(Math.round);
  return `W ${window} · L ${level} · ${settings.zoom.toFixed(1)}×`;
}

function withinPlace(settings: FilmSettings, place: Size): FilmSettings {
  const reach = { x: (place.width * settings.zoom) / 2, y: (place.height * settings.zoom) / 2 };
  return { ...settings, x: clamp(settings.x, -reach.x, reach.x), y: clamp(settings.y, -reach.y, reach.y) };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
