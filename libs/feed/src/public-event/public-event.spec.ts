import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { EVENT_DATA_SCHEMAS, PUBLIC_EVENT_TYPES, publicEventSchema, type PublicEvent } from '#contracts';
import { decodePosition } from '#http';
import { licenseIdOf, publicEventOf } from '#license';
import { histories, play } from '#testing';
import { recordedAt, recordedEveryEvent, secrets } from '../spec-support/every-event.js';

const ajv = addFormats.default(new Ajv2020({ strict: true, allErrors: true }));
const validators = new Map(PUBLIC_EVENT_TYPES.map((type) => [type, ajv.compile(publicEventSchema(type))]));

/** What is wrong with an event by its own schema. */
function wrongWith(event: PublicEvent): unknown {
  const isValid = validators.get(event.type);
  return isValid?.(event) === true ? null : (isValid?.errors ?? `no schema of ${event.type}`);
}

/** The same schema, open to nothing that it does not name. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const parts = Object.fromEntries(Object.entries(schema).map(([name, part]) => [name, closed(part)]));
  return parts['type'] === 'object' ? { ...parts, additionalProperties: false } : parts;
}

describe('a public event', () => {
  it('stands for each event of a license, one type for one, and keeps to its schema', () => {
    const told = recordedEveryEvent().map(publicEventOf);
    expect(told.map(({ type }) => type).toSorted()).toEqual(PUBLIC_EVENT_TYPES.toSorted());
    expect(told.map(wrongWith)).toEqual(told.map(() => null));
    expect(told.map(({ id }) => id)).toEqual(recordedEveryEvent().map(({ id }) => id));
  });

  it('has nothing that its schema does not name, however deep', () => {
    for (const event of recordedEveryEvent().map(publicEventOf)) {
      const isValid = ajv.compile(closed(EVENT_DATA_SCHEMAS[event.type]) as object);
      expect([event.type, isValid(event.data), isValid.errors]).toEqual([event.type, true, null]);
      expect(isValid({ ...event.data, name: 'Grace' })).toBe(false);
    }
  });

  it('never tells who the staff are, what people wrote, or who asked', () => {
    const told = JSON.stringify(recordedEveryEvent().map(publicEventOf));
    const recorded = JSON.stringify(recordedEveryEvent(), (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    for (const secret of Object.values(secrets)) {
      expect(recorded).toContain(secret);
      expect(told).not.toContain(secret);
    }
    expect(told).not.toMatch(/grace|hopper/i);
  });

  it('knows a staff member whose id is an address by one name in all events', () => {
    const ids = recordedEveryEvent().flatMap((recorded) => {
      const { data } = publicEventOf(recorded);
      return 'staffId' in data ? [data.staffId] : 'disabledStaff' in data ? data.disabledStaff : [];
    });
    const name = ids.find((id) => id !== 'ada');
    expect(name).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5/);
    expect(ids).toEqual(['ada', name, name, name, name, name]);
  });

  it('says where it stands, and what caused it', () => {
    const [first, second] = recordedEveryEvent().slice(0, 2).map(publicEventOf);
    expect(first).toMatchObject({
      specversion: '1.0',
      source: `/licenses/${licenseIdOf('acme.example')}`,
      subject: licenseIdOf('acme.example'),
      type: 'io.seat-ledger.license-registered.v1',
      time: '2026-06-11T09:30:00.000Z',
      recordedtime: '2026-06-11T09:30:00.312Z',
      dataschema: 'urn:seat-ledger:event:license-registered.v1',
      sequence: '0000000001',
      correlationid: 'the request',
      causationid: 'the command',
    });
    expect(second?.sequence).toBe('0000000002');
    expect(decodePosition(second!.position, 'position')).toEqual({ commit: 1001n, prepare: 1001n });
  });

  it('says nothing of causes that nobody noted', () => {
    const [recorded] = recordedEveryEvent();
    const metadata = { ...recorded!.metadata, correlationId: '', causationId: '' };
    const event = publicEventOf({ ...recorded!, metadata });
    expect(event).not.toHaveProperty('correlationid');
    expect(event).not.toHaveProperty('causationid');
    expect(wrongWith(event)).toBeNull();
  });

  it('uses names of attributes that CloudEvents allow', () => {
    for (const name of Object.keys(publicEventOf(recordedEveryEvent()[0]!))) expect(name).toMatch(/^[a-z0-9]{1,20}$/);
  });

  it('keeps to its schema whatever happens to a license, with a sequence that has no gap', () => {
    fc.assert(
      fc.property(histories({ maxSteps: 20 }), (history) => {
        const told = play(history).events.map((event, revision) => publicEventOf(recordedAt(revision, event)));
        expect(told.map(wrongWith)).toEqual(told.map(() => null));
        expect(told.map(({ sequence }) => Number(sequence))).toEqual(told.map((_, index) => index + 1));
      }),
      { numRuns: 100 },
    );
  });

  it('is not made of what this program does not know', () => {
    const [recorded] = recordedEveryEvent();
    expect(() => publicEventOf({ ...recorded!, type: 'LicenseEaten' })).toThrow("'LicenseEaten' is not an event");
    expect(() => publicEventOf({ ...recorded!, stream: 'plan-team' })).toThrow("plan-team is not a license's stream");
  });
});
