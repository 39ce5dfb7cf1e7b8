/**
 * Reads the events as pages, whenever it likes, and keeps its position apart from what it has done: a page that was done
 * when it was killed comes again, so what it does must bear that. It knows repeats by the license and the sequence.
 *
 *   LEDGER_URL=http://localhost:3000 LEDGER_TOKEN=$(npm run --silent token -- --role service) \
 *   JOURNAL=seen.jsonl node docs/consumers/pages.mjs
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Journal } from './journal.mjs';

const { LEDGER_URL, LEDGER_TOKEN, JOURNAL } = process.env;
const pauseMs = 500;
const timeoutMs = 10_000;

const journal = new Journal(JOURNAL);
const positionFile = `${JOURNAL}.position`;
let position = existsSync(positionFile) ? readFileSync(positionFile, 'utf8') : 'start';
for (;;) {
  const hasMore = await readPage().catch((error) => console.error(String(error)));
  if (!hasMore) await sleep(pauseMs);
}

async function readPage() {
  const response = await fetch(`${LEDGER_URL}/v1/events/history?limit=200&after=${position}`, {
    headers: { authorization: `Bearer ${LEDGER_TOKEN}` },
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  const page = await response.json();
  for (const { position: at, subject, sequence, type } of page.items) {
    journal.add({ position: at, licenseId: subject, sequence: Number(sequence), type });
  }
  journal.flush();
  position = page.position;
  writeFileSync(`${positionFile}.new`, position);
  renameSync(`${positionFile}.new`, positionFile);
  return page.nextCursor !== null;
}
