import type { Finding } from "@/server/labels/vocabulary";
import { keyCap } from "@/server/lib/key-caps";
import { fixedKeys, type RoomActionId, roomActions } from "./room-actions";

/** `finding:7` sets the finding at that position. */
export type KeyedAction = RoomActionId | `finding:${number}`;

/** A reader's own choices; what is not named keeps the key that it has by default. */
export type KeyChoices = Readonly<Record<string, string>>;

/** Null: its default went to another action, and nothing was chosen yet. */
export type KeyMap = ReadonlyMap<KeyedAction, string | null>;

export type Keyed = { readonly action: KeyedAction; readonly does: string; readonly key: string };

/** Everything that has a key of its own, with its default. */
export function keyedActions(findings: readonly Finding[]): readonly Keyed[] {
  return [
    ...roomActions.map(({ id, does, key }): Keyed => ({ action: id, does, key })),
    ...findings.map(({ position, name, key }): Keyed => ({ action: `finding:${position}`, does: name, key })),
  ];
}

/**
 * The keys that hold for a reader. What she chose goes first: a finding that came into the vocabulary later under
 * a letter of hers has no key until she gives it one.
 */
export function keyMap(findings: readonly Finding[], choices: KeyChoices): KeyMap {
  const all = keyedActions(findings);
  const chosen = new Set(all.flatMap(({ action }) => choices[action] ?? []));
  return new Map(
    all.map(
      ({ action, key }) => [action, choices[action] ?? (key === "" || chosen.has(key) ? null : key)] as const,
    ),
  );
}

/** The findings with the letters that hold for the reader; "" where one has none yet. */
export function lettered(findings: readonly Finding[], keys: KeyMap): readonly Finding[] {
  return findings.map((finding) => ({ ...finding, key: keys.get(`finding:${finding.position}`) ?? "" }));
}

/** The choices without those that are the default anyway. */
export function ownChoices(findings: readonly Finding[], choices: KeyChoices): KeyChoices {
  const defaults = new Map<string, string>(keyedActions(findings).map(({ action, key }) => [action, key]));
  return Object.fromEntries(Object.entries(choices).filter(([action, key]) => defaults.get(action) !== key));
}

export type KeyProblem = {
  readonly action: string;
  readonly key: string;
  /** The action that has the key already, where that is what is wrong. */
  readonly with: KeyedAction | null;
  readonly text: string;
};

/** What is wrong with the choices: an action that there is not, a key that cannot be chosen, one for two actions. */
export function keyProblem(findings: readonly Finding[], choices: KeyChoices): KeyProblem | null {
  const all = keyedActions(findings);
  for (const [action, key] of Object.entries(choices)) {
    const one = all.find((known) => known.action === action);
    const text = one ? unfit(one, key) : `There is nothing called ${action} to give a key to.`;
    if (text) return { action, key, with: null, text };
  }
  // The changed ones last: a message is about what somebody just chose.
  const inOrder = [
    ...all.filter(({ action }) => !(action in choices)),
    ...all.filter(({ action }) => action in choices),
  ];
  const taken = new Map<string, Keyed>();
  for (const one of inOrder) {
    const key = choices[one.action] ?? one.key;
    // A finding may have no letter of its own.
    if (key === "") continue;
    const other = taken.get(key);
    if (other) {
      const text = `${keyCap(key).spoken} is already the key for “${other.does}”.`;
      return { action: one.action, key, with: other.action, text };
    }
    taken.set(key, one);
  }
  return null;
}

const namedKeys =
  /^(?:Enter|Space|Tab|Backspace|Delete|Insert|Home|End|PageUp|PageDown|Arrow(?:Up|Down|Left|Right))$/;

function unfit({ action, does }: Keyed, key: string): string | null {
  const fixed = fixedKeys.find((one) => one.key === key);
  if (fixed) return `${keyCap(key).spoken} stays as in other viewers: ${fixed.does}.`;
  const letter = /^[A-Z]$/.test(key);
  // Shift with a finding's letter goes back, so it has to be a letter.
  if (action.startsWith("finding:")) return letter ? null : `“${does}” needs a letter from A to Z.`;
  if (letter || namedKeys.test(key)) return null;
  const writes = [...key].length === 1 && /^[\p{L}\p{P}\p{S}]$/u.test(key) && !/^[a-z]$/.test(key);
  return writes ? null : `${keyCap(key).spoken} cannot be used as a key here.`;
}

/** How a pressed key is written; null for one that no action can have, as with Ctrl or Alt. */
export function keyOf(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">): string | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.key === " ") return "Space";
  if (/^[a-z]$/.test(event.key)) return event.key.toUpperCase();
  const writes = [...event.key].length === 1;
  return writes || namedKeys.test(event.key) ? event.key : null;
}
