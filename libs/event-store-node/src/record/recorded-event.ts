import { formatEventId, parseEventId } from './event-id.js';
import { lengthDelimitedSize, lengthDelimitedTag, varintSize, varintTag, WireReader, writeVarint } from './wire.js';

/**
 * An event as it is kept and as it is sent: one encoded `RecordedEvent` message. It is encoded once, when its revision
 * and its position are known, and travels as these bytes from then on.
 */
export interface RecordedEvent {
  /** Text with dashes, lower case. */
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  /** Commit and prepare position, which are the same here. */
  readonly position: number;
  readonly type: string;
  readonly contentType: string;
  /** Ticks of 100 ns since 1970. */
  readonly createdTicks: string;
  readonly metadata: Uint8Array;
  readonly data: Uint8Array;
}

/** What decides about an event without looking at its body. */
export interface RecordHeader {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly type: string;
  readonly createdTicks: string;
}

const FIELD = { id: 1, stream: 2, revision: 3, prepare: 4, commit: 5, header: 6, metadata: 7, data: 8 } as const;
const ID_TEXT_FIELD = 2;
const ID_STRUCTURED_FIELD = 1;
const STREAM_NAME_FIELD = 3;
const ID_TEXT_LENGTH = 36;
/** Tag and length of the id message, then tag and length of its text. */
export const ID_FIELD_SIZE = 4 + ID_TEXT_LENGTH;

export function encodeRecord(event: RecordedEvent): Buffer {
  const stream = Buffer.from(event.stream);
  const headers = [headerEntry('type', event.type), headerEntry('content-type', event.contentType)];
  headers.push(headerEntry('created', event.createdTicks));
  const streamSize = lengthDelimitedSize(stream.length);
  const size =
    ID_FIELD_SIZE +
    lengthDelimitedSize(streamSize) +
    3 +
    varintSize(event.revision) +
    2 * varintSize(event.position) +
    headers.reduce((sum, entry) => sum + lengthDelimitedSize(entry.length), 0) +
    (event.metadata.length > 0 ? lengthDelimitedSize(event.metadata.length) : 0) +
    lengthDelimitedSize(event.data.length);

  const target = Buffer.allocUnsafe(size);
  target[0] = lengthDelimitedTag(FIELD.id);
  target[1] = ID_TEXT_LENGTH + 2;
  target[2] = lengthDelimitedTag(ID_TEXT_FIELD);
  target[3] = ID_TEXT_LENGTH;
  let at = 4 + target.write(event.id, 4, ID_TEXT_LENGTH, 'latin1');
  target[at++] = lengthDelimitedTag(FIELD.stream);
  at = writeVarint(target, at, streamSize);
  at = writeBytes(target, at, STREAM_NAME_FIELD, stream);
  at = writeNumber(target, at, FIELD.revision, event.revision);
  at = writeNumber(target, at, FIELD.prepare, event.position);
  at = writeNumber(target, at, FIELD.commit, event.position);
  for (const entry of headers) at = writeBytes(target, at, FIELD.header, entry);
  if (event.metadata.length > 0) at = writeBytes(target, at, FIELD.metadata, event.metadata);
  writeBytes(target, at, FIELD.data, event.data);
  return target;
}

/** Reads only as far as the headers: the body is not looked at. */
export function readHeader(record: Buffer): RecordHeader {
  const reader = new WireReader(record);
  const header = { id: '', stream: '', revision: 0, position: 0, type: '', createdTicks: '' };
  while (!reader.done) {
    switch (reader.varint() >>> 3) {
      case FIELD.id: {
        const start = reader.skip() + 2;
        header.id = record.toString('latin1', start, start + ID_TEXT_LENGTH);
        break;
      }
      case FIELD.stream:
        reader.varint();
        reader.varint();
        header.stream = reader.text();
        break;
      case FIELD.revision:
        header.revision = reader.varint();
        break;
      case FIELD.prepare:
        reader.varint();
        break;
      case FIELD.commit:
        header.position = reader.varint();
        break;
      case FIELD.header: {
        reader.varint();
        const [key, value] = readHeaderEntry(reader);
        if (key === 'type') header.type = value;
        // The creation time is the last of the headers.
        if (key === 'created') return { ...header, createdTicks: value };
        break;
      }
      default:
        return header;
    }
  }
  return header;
}

export function decodeRecord(record: Buffer): RecordedEvent {
  const empty: Uint8Array = new Uint8Array();
  const body = { contentType: '', metadata: empty, data: empty };
  const reader = new WireReader(record);
  while (!reader.done) {
    const tag = reader.varint();
    if ((tag & 7) === 0) {
      reader.varint();
      continue;
    }
    const bytes = reader.slice();
    if (tag >>> 3 === FIELD.metadata) body.metadata = bytes;
    if (tag >>> 3 === FIELD.data) body.data = bytes;
    if (tag >>> 3 === FIELD.header) {
      const [key, value] = readHeaderEntry(new WireReader(bytes));
      if (key === 'content-type') body.contentType = value;
    }
  }
  return { ...readHeader(record), ...body };
}

/** The same record with its id as two 64-bit numbers, for the clients that ask for it so. */
export function withStructuredId(record: Buffer): Buffer {
  const id = parseEventId(record.toString('latin1', 4, ID_FIELD_SIZE));
  if (!id) throw new Error(`Not a stored record: ${formatEventId(record.subarray(0, 16))}`);
  const structured = Buffer.concat([
    encodeVarint64(varintTag(1), id.readBigUInt64BE(0)),
    encodeVarint64(varintTag(2), id.readBigUInt64BE(8)),
  ]);
  const head = [lengthDelimitedTag(FIELD.id), structured.length + 2];
  head.push(lengthDelimitedTag(ID_STRUCTURED_FIELD), structured.length);
  return Buffer.concat([Buffer.from(head), structured, record.subarray(ID_FIELD_SIZE)]);
}

function encodeVarint64(tag: number, value: bigint): Buffer {
  const bytes = [tag];
  while (value >= 0x80n) {
    bytes.push(Number(value & 0x7fn) | 0x80);
    value >>= 7n;
  }
  bytes.push(Number(value));
  return Buffer.from(bytes);
}

function headerEntry(key: string, value: string): Buffer {
  const keyBytes = Buffer.from(key);
  const valueBytes = Buffer.from(value);
  const entry = Buffer.allocUnsafe(lengthDelimitedSize(keyBytes.length) + lengthDelimitedSize(valueBytes.length));
  writeBytes(entry, writeBytes(entry, 0, 1, keyBytes), 2, valueBytes);
  return entry;
}

function readHeaderEntry(reader: WireReader): [key: string, value: string] {
  reader.varint();
  const key = reader.text();
  reader.varint();
  return [key, reader.text()];
}

function writeBytes(target: Buffer, at: number, field: number, bytes: Uint8Array): number {
  target[at++] = lengthDelimitedTag(field);
  at = writeVarint(target, at, bytes.length);
  target.set(bytes, at);
  return at + bytes.length;
}

function writeNumber(target: Buffer, at: number, field: number, value: number): number {
  target[at++] = varintTag(field);
  return writeVarint(target, at, value);
}
