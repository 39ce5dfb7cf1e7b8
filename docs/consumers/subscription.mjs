/**
 * Subscribes to the event store itself, past the ledger, and goes on behind the last event that it has written down.
 * What it gets are the recorded events, not the public ones.
 *
 *   EVENTSTORE_CONNECTION_STRING=esdb://localhost:2113?tls=false JOURNAL=seen.jsonl node docs/consumers/subscription.mjs
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { EventStoreDBClient, START, streamNameFilter } from '@eventstore/db-client';
import { Journal } from './journal.mjs';

const { EVENTSTORE_CONNECTION_STRING, JOURNAL } = process.env;
const reconnectMs = 500;
const prefix = 'license-';

const journal = new Journal(JOURNAL);
for (;;) {
  await follow().catch((error) => console.error(String(error)));
  await sleep(reconnectMs);
}

async function follow() {
  const client = EventStoreDBClient.connectionString(EVENTSTORE_CONNECTION_STRING);
  try {
    const filter = streamNameFilter({ prefixes: [prefix] });
    for await (const { event } of client.subscribeToAll({ fromPosition: placeOf(journal.last), filter })) {
      handle(event);
    }
  } finally {
    journal.flush();
    await client.dispose();
  }
}

function placeOf(entry) {
  if (!entry) return START;
  const [commit, prepare] = entry.position.split('/').map(BigInt);
  return { commit, prepare };
}

function handle({ streamId, revision, type, position: { commit, prepare } }) {
  // The sequence of the public event is the revision plus one.
  const licenseId = streamId.slice(prefix.length);
  journal.add({ position: `${commit}/${prepare}`, licenseId, sequence: Number(revision) + 1, type });
}
