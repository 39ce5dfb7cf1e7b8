import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { startEventStoreNode, type EventStoreNode } from '#event-store-node';
import { EmbeddedReadModel } from '#platform';
import { ledgerSchema } from '#read-model';
import { LedgerProcess, temporaryFolder } from '../support/ledger-process.js';

/** `EXPORT_ROWS=1000000` for the full size. */
const rows = Number(process.env['EXPORT_ROWS'] ?? 200_000);
const lineFeed = 10;
/** What the service needs for itself, and a little more: far less than the rows. */
const heapMaxMiB = 128;
const growthMaxBytes = 96 * 1024 * 1024;

const seed = `
  INSERT INTO ${ledgerSchema}.credit_entries
    (license_id, ordinal, entry_id, kind, currency, amount_minor, balance_after_minor, effective_at, effective_on,
     recorded_at, reason, grants_used, actor_id, actor_role, event_id, revision, previous_hash, hash)
  SELECT '0637e301-e05d-505b-8267-486f5677de9b', n, 'ACME.EXAMPLE-C' || lpad(n::text, 7, '0'), 'goodwill', 'USD', n, n,
    timestamptz '2026-01-01' + n * interval '1 second', '2026-01-01', now(),
    repeat('an outage, and what came of it; ', 20), '[]', 'ann', 'billing', gen_random_uuid(), n, repeat('0', 64), repeat('1', 64)
  FROM generate_series($1::int, $2::int) AS n`;

describe('an export', () => {
  const folder = temporaryFolder();
  let node: EventStoreNode;
  let readModel: EmbeddedReadModel;
  let ledger: LedgerProcess;

  beforeAll(async () => {
    node = await startEventStoreNode({ dataFolder: join(folder.path, 'event-store') });
    readModel = await EmbeddedReadModel.start({
      dataDir: folder.path,
      logger: pino({ level: 'silent' }),
      onUnexpectedExit: (error) => {
        throw error;
      },
    });
    const NODE_OPTIONS = `--max-old-space-size=${heapMaxMiB}`;
    const env = {
      NODE_OPTIONS,
      EVENTSTORE_CONNECTION_STRING: node.connectionString,
      DATABASE_URL: readModel.connectionString,
    };
    ledger = await LedgerProcess.start(folder.path, env);
    const client = new pg.Client({ connectionString: readModel.connectionString });
    await client.connect();
    for (let first = 1; first <= rows; first += 50_000) {
      await client.query(seed, [first, Math.min(first + 49_999, rows)]);
    }
    await client.end();
  }, 300_000);
  afterAll(async () => {
    await ledger.stop();
    await readModel.stop();
    await node.stop();
    folder.remove();
  });

  it(`of ${rows} rows takes the memory of a few`, async () => {
    await ledger.get('/v1/credits?limit=500');
    const before = peakMemoryBytes(ledger.pid);
    const headers = { accept: 'text/csv', authorization: `Bearer ${await ledger.token({ role: 'finance' })}` };
    const response = await fetch(`${ledger.url}/v1/credits`, { headers });
    expect(response.status).toBe(200);

    let lines = 0;
    let bytes = 0;
    let end = Buffer.alloc(0);
    for await (const chunk of response.body ?? []) {
      bytes += chunk.byteLength;
      for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, at + 1)) lines += 1;
      end = Buffer.concat([end, chunk]).subarray(-2_000);
    }

    expect(lines).toBe(rows + 1);
    expect(end.toString()).toContain(`,goodwill,USD,${rows},`);
    expect(bytes).toBeGreaterThan(growthMaxBytes);
    expect(peakMemoryBytes(ledger.pid) - before).toBeLessThan(growthMaxBytes);
  }, 600_000);
});

/** The most that a process ever had in memory. */
function peakMemoryBytes(pid: number): number {
  const [, kibibytes] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) * 1024;
}
