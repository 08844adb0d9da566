/** What stands on a key's cap, and what a screen reader says for it. */
export type KeyCap = { readonly sign: string; readonly spoken: string };

/** The cap of a key that is named as browsers name it (`KeyboardEvent.key`); a letter is its own sign. */
export function keyCap(key: string): KeyCap {
  return caps.get(key) ?? { sign: key, spoken: key };
}

const caps: ReadonlyMap<string, KeyCap> = new Map([
  ["ArrowLeft", { sign: "←", spoken: "Left arrow" }],
  ["ArrowRight", { sign: "→", spoken: "Right arrow" }],
  ["ArrowUp", { sign: "↑", spoken: "Up arrow" }],
  ["ArrowDown", { sign: "↓", spoken: "Down arrow" }],
  ["Enter", { sign: "⏎", spoken: "Enter" }],
  ["Escape", { sign: "Esc", spoken: "Escape" }],
  ["Backspace", { sign: "⌫", spoken: "Backspace" }],
  ["Delete", { sign: "Del", spoken: "Delete" }],
  ["Insert", { sign: "Ins", spoken: "Insert" }],
  ["PageUp", { sign: "PgUp", spoken: "Page up" }],
  ["PageDown", { sign: "PgDn", spoken: "Page down" }],
  ["\\", { sign: "\\", spoken: "Backslash" }],
  ["[", { sign: "[", spoken: "Left bracket" }],
  ["]", { sign: "]", spoken: "Right bracket" }],
  [".", { sign: ".", spoken: "Full stop" }],
  [",", { sign: ",", spoken: "Comma" }],
  ["'", { sign: "'", spoken: "Apostrophe" }],
  [";", { sign: ";", spoken: "Semicolon" }],
  ["=", { sign: "=", spoken: "Equals sign" }],
  ["-", { sign: "-", spoken: "Minus" }],
  ["?", { sign: "?", spoken: "Question mark" }],
]);
