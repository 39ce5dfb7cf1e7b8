import { ID_FIELD_SIZE } from './recorded-event.js';
import { WireReader } from './wire.js';

/**
 * What filters ask a record about, found without decoding anything else: they look at every event of the log. It rests on
 * the order in which `encodeRecord` writes.
 */
export function readStreamName(record: Buffer): string {
  const reader = new WireReader(record, ID_FIELD_SIZE);
  reader.varint();
  reader.varint(); // the message around the name
  reader.varint();
  return reader.text();
}

export function readType(record: Buffer): string {
  const reader = new WireReader(record, ID_FIELD_SIZE);
  reader.varint();
  reader.skip(); // the stream
  for (let number = 0; number < 3; number += 1) {
    reader.varint();
    reader.varint();
  }
  reader.varint();
  reader.varint(); // the first header, which is the type
  reader.varint();
  reader.skip(); // its key
  reader.varint();
  return reader.text();
}
