export const weightsFormats = ["keras-h5", "keras3-h5", "torch-legacy", "torch-zip", "safetensors"] as const;
export type WeightsFormat = (typeof weightsFormats)[number];

/** An array that lies in a weights file. Its numbers are taken out only when they are wanted. */
export type StoredArray = {
  readonly shape: readonly number[];
  /** Row-major. @throws ExpectedFailure "invalid" when the file holds no numbers of a known kind for it. */
  read(): Float32Array;
};

/** What a weights file holds, by the file's own names. */
export type StoredWeights = {
  readonly format: WeightsFormat;
  readonly arrays: ReadonlyMap<string, StoredArray>;
  /** All layers of the saved model in its order, those without weights among them, where the file lists them. */
  readonly layers?: readonly string[];
};
