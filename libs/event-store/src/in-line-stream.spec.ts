import { randomUUID } from 'node:crypto';
import { EventStoreDBClient } from '@eventstore/db-client';
import { InLineStream, type SubscriptionItem } from './in-line-stream.js';
import { comparePositions } from './position.js';
import { toRecordedEvent } from './recorded-event.js';
import { StoreFixture, until } from './spec-support/store-fixture.js';

describe('InLineStream', () => {
  let fixture: StoreFixture;
  beforeAll(async () => {
    fixture = await StoreFixture.start();
  });
  afterAll(() => fixture.close());

  it('guards against `checkpointReached` and `caughtUp` running ahead: marks wait behind the events they cover', async () => {
    const store = fixture.connect();
    const write = async (stream: string, count: number): Promise<void> => {
      const events = Array.from({ length: count }, () => ({
        id: randomUUID(),
        type: 'Noted',
        json: '{}',
        metadataJson: '{}',
      }));
      await store.append({ stream, expectedRevision: -1n, events });
    };
    await write('wanted-1', 100);
    for (let index = 0; index < 15; index++) await write(`other-${index}`, 200);
    await write('wanted-2', 20);

    const client = EventStoreDBClient.connectionString(fixture.connectionString);
    const stream = new InLineStream(client, 'start', ['wanted-']);
    // Nothing is read until the marks have arrived: an answer on the same connection comes after them.
    for (let turn = 0; turn < 20; turn++) for await (const _ of client.readStream('wanted-1')) continue;

    const items: SubscriptionItem[] = [];
    await until('it has caught up', () => {
      for (let item = stream.read(); item; item = stream.read()) items.push(item);
      return items.some((item) => 'caughtUp' in item);
    });
    stream.close();
    await client.dispose();

    expect(items.filter((item) => 'event' in item)).toHaveLength(120);
    expect(items.filter((item) => 'checkpoint' in item).length).toBeGreaterThanOrEqual(2);
    expect(items.at(-1)).toEqual({ caughtUp: true });
    const places = items.flatMap((item) =>
      'checkpoint' in item ? [item.checkpoint] : 'event' in item ? [toRecordedEvent(item).position] : [],
    );
    expect(places).toEqual([...places].sort(comparePositions));
  });
});
