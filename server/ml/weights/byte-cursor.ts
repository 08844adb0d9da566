import { cutShort, refuseWeights } from "./refuse";

/** Reads little-endian numbers and strings one after another, never past the end. */
export class ByteCursor {
  private readonly view: DataView;

  constructor(
    private readonly bytes: Uint8Array,
    private at = 0,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.bytes.byteLength - this.at;
  }

  /** The next `count` bytes as a view, not a copy. @throws ExpectedFailure "invalid" when there are fewer. */
  take(count: number): Uint8Array {
    return this.bytes.subarray(this.advance(count), this.at);
  }

  u8(): number {
    return this.view.getUint8(this.advance(1));
  }

  u16(): number {
    return this.view.getUint16(this.advance(2), true);
  }

  i32(): number {
    return this.view.getInt32(this.advance(4), true);
  }

  u32(): number {
    return this.view.getUint32(this.advance(4), true);
  }

  /** A length of 64 bits; one that no file can have counts as past the end. */
  u64(): number {
    const value = this.view.getBigUint64(this.advance(8), true);
    return value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(value);
  }

  /** Big-endian, as pickle writes its floats. */
  f64(): number {
    return this.view.getFloat64(this.advance(8), false);
  }

  text(count: number): string {
    return new TextDecoder().decode(this.take(count));
  }

  /** Up to the next line feed, which is passed. */
  line(): string {
    const end = this.bytes.indexOf(0x0a, this.at);
    if (end < 0 || end - this.at > longestLine) throw refuseWeights(cutShort);
    const text = this.text(end - this.at);
    this.at = end + 1;
    return text;
  }

  private advance(count: number): number {
    if (count > this.left) throw refuseWeights(cutShort);
    const from = this.at;
    this.at += count;
    return from;
  }
}

const longestLine = 1_000;
