/**
 * Follows the events as they are streamed, and goes on behind the last one that it has written down.
 *
 *   LEDGER_URL=http://localhost:3000 LEDGER_TOKEN=$(npm run --silent token -- --role service) \
 *   JOURNAL=seen.jsonl node docs/consumers/stream.mjs
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { createParser } from 'eventsource-parser';
import { Journal } from './journal.mjs';

const { LEDGER_URL, LEDGER_TOKEN, JOURNAL } = process.env;
const reconnectMs = 500;
/** Three heartbeats: a connection that says nothing for so long is dead. */
const silenceMs = 30_000;

const journal = new Journal(JOURNAL);
for (;;) {
  await follow().catch((error) => console.error(String(error)));
  await sleep(reconnectMs);
}

async function follow() {
  const leaving = new AbortController();
  const silence = setTimeout(() => leaving.abort(new Error('nothing came')), silenceMs);
  const headers = { authorization: `Bearer ${LEDGER_TOKEN}` };
  if (journal.last) headers['last-event-id'] = journal.last.position;
  try {
    const response = await fetch(`${LEDGER_URL}/v1/events`, { headers, signal: leaving.signal });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    const parser = createParser({ onEvent: ({ data }) => handle(JSON.parse(data)) });
    const decoder = new TextDecoder();
    for await (const chunk of response.body) {
      silence.refresh();
      parser.feed(decoder.decode(chunk, { stream: true }));
    }
  } finally {
    clearTimeout(silence);
    journal.flush();
  }
}

function handle({ position, subject, sequence, type }) {
  journal.add({ position, licenseId: subject, sequence: Number(sequence), type });
}
