/** A decoded film: 8 bits a channel, row by row, channels interleaved. */
export type RawImage = {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array; // [height, width, channels]
};
