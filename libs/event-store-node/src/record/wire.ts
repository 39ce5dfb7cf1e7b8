/** The few pieces of the protobuf wire format that are written and scanned by hand, for whole numbers below 2^53. */

export function varintSize(value: number): number {
  let size = 1;
  while (value >= 0x80) {
    value = Math.floor(value / 0x80);
    size += 1;
  }
  return size;
}

/** Writes at the offset and returns the offset behind. */
export function writeVarint(target: Uint8Array, offset: number, value: number): number {
  while (value >= 0x80) {
    target[offset++] = (value % 0x80) | 0x80;
    value = Math.floor(value / 0x80);
  }
  target[offset++] = value;
  return offset;
}

export const lengthDelimitedSize = (length: number): number => 1 + varintSize(length) + length;

/** Tag of a field whose number is below 16: one byte. */
export const lengthDelimitedTag = (field: number): number => (field << 3) | 2;
export const varintTag = (field: number): number => field << 3;

/** A cursor over one encoded message. */
export class WireReader {
  private offset: number;

  constructor(
    private readonly bytes: Buffer,
    start = 0,
    private readonly end = bytes.length,
  ) {
    this.offset = start;
  }

  get done(): boolean {
    return this.offset >= this.end;
  }

  varint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.bytes[this.offset++];
      if (byte === undefined || this.offset > this.end) throw new Error('The stored record ends inside a number.');
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
    }
  }

  /** The bytes of a length-delimited field, not copied. */
  slice(): Buffer {
    const start = this.skip();
    return this.bytes.subarray(start, this.offset);
  }

  /** A length-delimited field that is text. */
  text(): string {
    const start = this.skip();
    return this.bytes.toString('utf8', start, this.offset);
  }

  /** Goes behind a length-delimited field; returns where its bytes begin. */
  skip(): number {
    const length = this.varint();
    const start = this.offset;
    this.offset += length;
    if (this.offset > this.end) throw new Error('The stored record ends inside a field.');
    return start;
  }
}
