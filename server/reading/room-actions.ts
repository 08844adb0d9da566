/** What a key can do in the reading room besides setting findings, each with the key that it has by default. */
export const roomActions = [
  { id: "submit", group: "Reading", does: "submit and hang the next", key: "Enter" },
  { id: "undo", group: "Reading", does: "undo the last read or skip", key: "U" },
  { id: "last", group: "Reading", does: "all of the last read, side by side", key: "J" },
  { id: "skip", group: "Reading", does: "skip, with a reason", key: "S" },
  { id: "flag", group: "Reading", does: "flag", key: "F" },
  { id: "comment", group: "Reading", does: "comment; Esc leaves it", key: "M" },
  { id: "accept", group: "Reading", does: "take the suggestion along", key: "Tab" },
  { id: "swap", group: "Film", does: "swap current and prior", key: "Space" },
  { id: "layout", group: "Film", does: "one film, two, four", key: "\\" },
  { id: "next-film", group: "Film", does: "next film of the study", key: "ArrowRight" },
  { id: "film-before", group: "Film", does: "film before", key: "ArrowLeft" },
  { id: "older-prior", group: "Film", does: "older prior", key: "ArrowDown" },
  { id: "newer-prior", group: "Film", does: "newer prior", key: "ArrowUp" },
  { id: "wider", group: "Film", does: "wider window", key: "]" },
  { id: "narrower", group: "Film", does: "narrower window", key: "[" },
  { id: "brighter", group: "Film", does: "brighter", key: "." },
  { id: "darker", group: "Film", does: "darker", key: "," },
  { id: "zoom-in", group: "Film", does: "zoom in", key: "=" },
  { id: "zoom-out", group: "Film", does: "zoom out", key: "-" },
  { id: "overlay", group: "Film", does: "overlay: saliency of each model, lungs, none", key: "/" },
  { id: "overlay-more", group: "Film", does: "more of the overlay", key: "PageUp" },
  { id: "overlay-less", group: "Film", does: "less of the overlay", key: "PageDown" },
  { id: "magnify", group: "Tools", does: "magnifier", key: "Z" },
  { id: "length", group: "Tools", does: "length", key: "'" },
  { id: "ratio", group: "Tools", does: "cardiothoracic ratio: heart, then chest", key: ";" },
  { id: "rectangle", group: "Tools", does: "box for the finding set last", key: "B" },
  { id: "ellipse", group: "Tools", does: "ellipse for the finding set last", key: "Q" },
  { id: "erase", group: "Tools", does: "take the last mark off this film", key: "Backspace" },
] as const satisfies readonly RoomAction[];

type RoomAction = {
  readonly id: string;
  readonly group: "Reading" | "Film" | "Tools";
  readonly does: string;
  readonly key: string;
};
export type RoomActionId = (typeof roomActions)[number]["id"];

/** Keys that mean in every viewer what they mean here; nobody changes them. */
export const fixedKeys: readonly { readonly key: string; readonly does: string }[] = [
  { key: "1", does: "window: as stored" },
  { key: "2", does: "window: lungs" },
  { key: "3", does: "window: mediastinum" },
  { key: "4", does: "window: bones" },
  ...["5", "6", "7", "8", "9"].map((key) => ({ key, does: "kept for window presets" })),
  { key: "0", does: "whole film, as stored" },
  { key: "I", does: "invert" },
  { key: "Escape", does: "back to window and level" },
  { key: "?", does: "show the keys" },
];
