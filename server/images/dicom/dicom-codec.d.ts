// The library has no types of its own: what we use of it.
declare module "@cornerstonejs/dicom-codec" {
  type ImageInfo = {
    readonly rows: number;
    readonly columns: number;
    readonly bitsAllocated: number;
    readonly samplesPerPixel: number;
    readonly signed: boolean;
  };
  const codec: {
    decode(
      frame: Uint8Array,
      info: ImageInfo,
      transferSyntax: string,
    ): Promise<{ readonly imageFrame: Uint8Array | Int8Array | Uint16Array | Int16Array }>;
    encode(
      frame: Uint8Array,
      info: ImageInfo,
      transferSyntax: string,
    ): Promise<{ readonly imageFrame: Uint8Array }>;
  };
  export default codec;
}
