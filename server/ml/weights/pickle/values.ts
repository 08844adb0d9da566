/** What a pickle of weights can hold. Lists and tuples are both arrays. */
export type Pickled =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly Pickled[]
  | Dictionary
  | Global
  | TorchStorage
  | TorchTensor;

/** A dict or an OrderedDict. */
export class Dictionary {
  readonly entries = new Map<Pickled, Pickled>();
}

/** A name from the allow-list, not the thing that Python would find under it. */
export class Global {
  constructor(readonly name: string) {}
}

/** Numbers that lie elsewhere in the file. */
export class TorchStorage {
  constructor(
    readonly kind: string,
    readonly key: string,
    readonly count: number,
  ) {}
}

/** A view of a storage. */
export class TorchTensor {
  constructor(
    readonly storage: TorchStorage,
    readonly offset: number,
    readonly shape: readonly number[],
    readonly strides: readonly number[],
  ) {}
}
