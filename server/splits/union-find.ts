/** Disjoint sets over 0…size-1, by size with path halving (Tarjan and van Leeuwen 1984). */
export class UnionFind {
  readonly #parent: Int32Array;
  readonly #size: Int32Array;

  constructor(size: number) {
    this.#parent = Int32Array.from({ length: size }, (_, element) => element);
    this.#size = new Int32Array(size).fill(1);
  }

  /** The element that stands for the set. */
  find(element: number): number {
    let current = element;
    for (;;) {
      const parent = this.#parent[current] ?? current;
      if (parent === current) return current;
      const grandparent = this.#parent[parent] ?? parent;
      this.#parent[current] = grandparent;
      current = grandparent;
    }
  }

  union(a: number, b: number): void {
    const [rootA, rootB] = [this.find(a), this.find(b)];
    if (rootA === rootB) return;
    const sizeA = this.#size[rootA] ?? 1;
    const sizeB = this.#size[rootB] ?? 1;
    const [large, small] = sizeA >= sizeB ? [rootA, rootB] : [rootB, rootA];
    this.#parent[small] = large;
    this.#size[large] = sizeA + sizeB;
  }
}
