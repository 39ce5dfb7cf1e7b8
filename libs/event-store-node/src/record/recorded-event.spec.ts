import { EventStoreDBClient } from '@eventstore/db-client';
import { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import fc from 'fast-check';
import { readStreamName, readType } from './record-subject.js';
import { decodeRecord, encodeRecord, readHeader, withStructuredId, type RecordedEvent } from './recorded-event.js';

const event = fc.record<RecordedEvent>({
  id: fc.uuid(),
  stream: fc.string({ minLength: 1, maxLength: 300, unit: 'grapheme' }),
  revision: fc.maxSafeNat(),
  position: fc.maxSafeNat(),
  type: fc.string({ unit: 'grapheme' }),
  contentType: fc.constantFrom('application/json', 'application/octet-stream'),
  createdTicks: fc.nat().map((ms) => `${ms}0000`),
  metadata: fc.uint8Array({ maxLength: 300 }),
  data: fc.uint8Array({ maxLength: 300 }),
});

const asClientReads = (record: Buffer) => ReadResp.ReadEvent.RecordedEvent.deserializeBinary(record);

describe('recorded event', () => {
  it('gives back what was encoded', () => {
    fc.assert(
      fc.property(event, (original) => {
        const decoded = decodeRecord(encodeRecord(original));
        expect({
          ...decoded,
          metadata: Uint8Array.from(decoded.metadata),
          data: Uint8Array.from(decoded.data),
        }).toEqual(original);
      }),
    );
  });

  it('is understood by the official client', () => {
    expect(EventStoreDBClient).toBeDefined();
    fc.assert(
      fc.property(event, (original) => {
        const read = asClientReads(encodeRecord(original));
        expect(read.getId()?.getString()).toBe(original.id);
        expect(Buffer.from(read.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString()).toBe(original.stream);
        expect(read.getStreamRevision()).toBe(String(original.revision));
        expect(read.getCommitPosition()).toBe(String(original.position));
        expect(read.getPreparePosition()).toBe(String(original.position));
        expect(read.getMetadataMap().get('type')).toBe(original.type);
        expect(read.getMetadataMap().get('created')).toBe(original.createdTicks);
        expect(Uint8Array.from(read.getData_asU8())).toEqual(original.data);
      }),
    );
  });

  it('tells the id in two numbers to clients that want it so', () => {
    fc.assert(
      fc.property(event, (original) => {
        const id = asClientReads(withStructuredId(encodeRecord(original)))
          .getId()
          ?.getStructured();
        const half = (text: string | undefined) =>
          BigInt.asUintN(64, BigInt(text ?? 0))
            .toString(16)
            .padStart(16, '0');
        expect(half(id?.getMostSignificantBits()) + half(id?.getLeastSignificantBits())).toBe(
          original.id.replaceAll('-', ''),
        );
      }),
    );
  });

  it('shows the header without its body', () => {
    const original = { ...fc.sample(event, { seed: 7, numRuns: 1 })[0]! };
    const { id, stream, revision, position, type, createdTicks } = original;
    expect(readHeader(encodeRecord(original))).toEqual({ id, stream, revision, position, type, createdTicks });
  });

  it('shows its stream and its type alone', () => {
    fc.assert(
      fc.property(event, (original) => {
        const record = encodeRecord(original);
        expect([readStreamName(record), readType(record)]).toEqual([original.stream, original.type]);
      }),
    );
  });
});
