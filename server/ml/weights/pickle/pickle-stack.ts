import { cutShort, refuseWeights } from "../refuse";
import { Dictionary, type Pickled } from "./values";

/** The stack and the memo of a pickle. A damaged pickle that takes what is not there is refused. */
export class PickleStack {
  private values: Pickled[] = [];
  private readonly beneath: Pickled[][] = [];
  private readonly memo = new Map<number, Pickled>();

  push(value: Pickled): void {
    this.values.push(value);
  }

  top(): Pickled {
    return given(this.values.at(-1));
  }

  pop(): Pickled {
    return given(this.values.pop());
  }

  popMany(count: number): Pickled[] {
    if (this.values.length < count) throw refuseWeights(cutShort);
    return this.values.splice(-count);
  }

  mark(): void {
    this.beneath.push(this.values);
    this.values = [];
  }

  /** Everything since the last mark. */
  popToMark(): Pickled[] {
    const above = this.values;
    const below = this.beneath.pop();
    if (!below) throw refuseWeights(cutShort);
    this.values = below;
    return above;
  }

  /** Onto the list on top. */
  append(items: readonly Pickled[]): void {
    const list = this.top();
    if (!Array.isArray(list)) throw refuseWeights(cutShort);
    for (const item of items) (list as Pickled[]).push(item);
  }

  /** Keys and values in turn into the dictionary on top. */
  setItems(items: readonly Pickled[]): void {
    const dictionary = this.top();
    if (!(dictionary instanceof Dictionary) || items.length % 2 > 0) throw refuseWeights(cutShort);
    for (let at = 0; at < items.length; at += 2) {
      dictionary.entries.set(given(items[at]), given(items[at + 1]));
    }
  }

  remember(place: number): void {
    this.memo.set(place, this.top());
  }

  memoize(): void {
    this.remember(this.memo.size);
  }

  recall(place: number): Pickled {
    return given(this.memo.get(place));
  }
}

/** Null is a value of its own here; only what is not there is undefined. */
function given(value: Pickled | undefined): Pickled {
  if (value === undefined) throw refuseWeights(cutShort);
  return value;
}
