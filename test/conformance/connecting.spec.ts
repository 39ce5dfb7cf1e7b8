import { EventStoreDBClient } from '@eventstore/db-client';
import { counted, numbersOf, useServer } from './server.js';

const { client, name, connectionString } = useServer();

/** An end point that nobody listens at. */
const NOBODY = '127.0.0.1:1';

describe('a client that looks for a leader', () => {
  const overall = () => connectionString().replace(/^(\w+)(\+discover)?:/, '$1+discover:');
  const severally = () => connectionString().replace(/(\/\/[^/?]+)/, `$1,${NOBODY}`);

  it.each([
    ['by discovery', overall],
    ['among several end points', severally],
  ])('finds it %s', async (_, variant) => {
    const stream = name('stream');
    const seeking = EventStoreDBClient.connectionString(variant());
    await seeking.appendToStream(stream, counted(1), { requiresLeader: true });
    expect(await numbersOf(seeking.readStream(stream))).toEqual([1]);
    await seeking.dispose();
  });

  it('needs no other node for what a leader alone may do', async () => {
    const stream = name('stream');
    await client().appendToStream(stream, counted(1));
    expect(await numbersOf(client().readStream(stream, { requiresLeader: true }))).toEqual([1]);
  });
});

describe('a client that is disposed of', () => {
  it('has its subscriptions ended without an error', async () => {
    const stream = name('stream');
    const passing = EventStoreDBClient.connectionString(connectionString());
    const subscription = passing.subscribeToStream(stream);
    const errors: unknown[] = [];
    const ended = new Promise((resolve) => subscription.once('end', resolve));
    subscription.on('error', (error) => errors.push(error)).on('data', () => undefined);
    await new Promise((resolve) => subscription.once('caughtUp', resolve));
    await passing.dispose();
    await ended;
    expect(errors).toEqual([]);
  });
});
