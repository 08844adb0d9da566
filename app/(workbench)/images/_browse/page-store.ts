import { type ImagePage, type ImageRow, pageSize } from "@/server/images/browse/schema";

/**
 * Pages of a selection, fetched as they come into view. Where each page begins is known from its key, so that a
 * list of 223,414 images has its full height at once and can be entered anywhere.
 */
export class PageStore {
  readonly #search: string;
  readonly #pages = new Map<number, readonly ImageRow[]>();
  readonly #places = new Map<number, number>();
  readonly #loading = new Map<number, AbortController>();
  readonly #listeners = new Set<() => void>();
  #keys: Promise<readonly string[]> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #version = 0;
  #failure: string | null = null;
  #wanted: readonly [number, number] = [0, 0];

  /** @param search the selection and its order as a query string */
  constructor(search: string, first: ImagePage) {
    this.#search = search;
    this.#keep(0, first.rows);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Changes whenever something was loaded or failed. */
  readonly version = (): number => this.#version;

  get failure(): string | null {
    return this.#failure;
  }

  /** The image at a place of the list; undefined until it is loaded. */
  at(index: number): ImageRow | undefined {
    return this.#pages.get(Math.floor(index / pageSize))?.[index % pageSize];
  }

  /** The place of a loaded image. */
  placeOf(id: number): number | undefined {
    return this.#places.get(id);
  }

  /** Loads what is between two places, both included, once the list has stood still for a moment. */
  want(first: number, last: number): void {
    this.#wanted = [first, last];
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#loadBetween(first, last), 60);
  }

  /** After a failure: asks again for what was wanted last. */
  retry(): void {
    this.#failure = null;
    this.#keys = undefined;
    this.#changed();
    this.want(...this.#wanted);
  }

  #loadBetween(first: number, last: number): void {
    const [from, to] = [Math.floor(Math.max(0, first) / pageSize), Math.floor(last / pageSize)];
    for (const [page, loading] of this.#loading) {
      if (page < from - 1 || page > to + 1) loading.abort();
    }
    for (let page = from; page <= to; page += 1) {
      if (!this.#pages.has(page) && !this.#loading.has(page)) void this.#load(page);
    }
  }

  async #load(page: number): Promise<void> {
    const loading = new AbortController();
    this.#loading.set(page, loading);
    try {
      this.#keys ??= getJson<{ keys: readonly string[] }>(`/api/images/keys?${this.#search}`).then(
        ({ keys }) => keys,
      );
      const keys = await this.#keys;
      const bounds = new URLSearchParams(this.#search);
      const [after, upTo] = [keys[page - 1], keys[page]];
      if (after !== undefined) bounds.set("after", after);
      if (upTo !== undefined) bounds.set("upTo", upTo);
      const { rows } = await getJson<ImagePage>(`/api/images/list?${bounds}`, loading.signal);
      this.#keep(page, rows);
      this.#failure = null;
    } catch (error) {
      if (loading.signal.aborted) return;
      this.#failure = error instanceof Error ? error.message : "The images could not be loaded.";
    } finally {
      this.#loading.delete(page);
      this.#changed();
    }
  }

  #keep(page: number, rows: readonly ImageRow[]): void {
    this.#pages.set(page, rows);
    rows.forEach((row, index) => {
      this.#places.set(row.id, page * pageSize + index);
    });
  }

  #changed(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}

/** @throws Error with the server's words where it answers with a failure */
export async function getJson<Value>(url: string, signal?: AbortSignal): Promise<Value> {
  const response = await fetch(url, { signal });
  const body = await response.json();
  if (response.ok) return body as Value;
  throw new Error(body?.error?.message ?? "The server did not answer as expected.");
}
