import { randomUUID } from 'node:crypto';
import type { EventStore } from './event-store.js';
import type { Position } from './position.js';
import { StoreFixture } from './spec-support/store-fixture.js';

describe('A page of the log', () => {
  let fixture: StoreFixture;
  let store: EventStore;
  beforeAll(async () => {
    fixture = await StoreFixture.start();
    store = fixture.connect();
  });
  afterAll(() => fixture.close());

  const write = async (name: string, count: number): Promise<string[]> => {
    const ids = Array.from({ length: count }, () => randomUUID());
    const events = ids.map((id) => ({ id, type: 'Noted', json: '{}', metadataJson: '{}' }));
    await store.append({ stream: `${name}-${randomUUID()}`, expectedRevision: -1n, events });
    return ids;
  };

  it('follows the one before, without gap or repeat, and says where the log ends', async () => {
    const written = [];
    for (let round = 0; round < 5; round++) {
      written.push(...(await write('wanted', 7)));
      await write('other', 3);
    }
    const read: string[] = [];
    let after: Position | 'start' = 'start';
    let pages = 0;
    for (let isLast = false; !isLast; pages++) {
      const page = await store.readPage({ after, prefixes: ['wanted-'], maxCount: 4 });
      expect(page.events.length).toBeLessThanOrEqual(4);
      read.push(...page.events.map(({ id }) => id));
      ({ upTo: after, isLast } = page);
    }
    expect(read).toEqual(written);
    expect(pages).toBeGreaterThanOrEqual(13);
    expect(after).toEqual(await store.lastPosition());
    const [more] = await write('wanted', 1);
    const next = await store.readPage({ after, prefixes: ['wanted-'], maxCount: 4 });
    expect(next).toMatchObject({ events: [{ id: more }], isLast: true });
  });

  it('moves on past streams that nobody wants', async () => {
    const after = await store.lastPosition();
    await write('other', 6);
    const page = await store.readPage({ after, prefixes: ['wanted-'], maxCount: 5 });
    expect(page).toMatchObject({ events: [], isLast: false });
    expect(await store.readPage({ after: page.upTo, prefixes: ['wanted-'], maxCount: 5 })).toEqual({
      events: [],
      upTo: await store.lastPosition(),
      isLast: true,
    });
  });

  it('costs a server on Node no reset, however many there are', async () => {
    await write('wanted', 20);
    const read = () => store.readPage({ after: 'start', prefixes: ['wanted-'], maxCount: 3 });
    for (let round = 0; round < 20; round++) await Promise.all(Array.from({ length: 100 }, read));
  });
});
