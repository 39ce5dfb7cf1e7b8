import fc from 'fast-check';
import { ROLES, type TokenRequest } from '#auth';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { LedgerProcess, temporaryFolder } from '../support/ledger-process.js';
import { FuzzClient } from './fuzz/client.js';
import { operationsOf, type OpenApiDocument, type Operation } from './fuzz/document.js';
import { faultOf } from './fuzz/judge.js';
import { playedLedger } from './fuzz/known.js';
import { FuzzRequests, type FuzzRequest } from './fuzz/requests.js';

/** `FUZZ_REQUESTS=20000` for the whole trial; `FUZZ_SEED` plays one again. */
const requestsTotal = Number(process.env['FUZZ_REQUESTS'] ?? 1_500);
const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
const timeoutMs = 15_000;
const concurrency = 4;
/** The service fills its caches while it warms up. */
const warmUp = Math.floor(requestsTotal / 2);

describe('every endpoint of the OpenAPI document', () => {
  const folder = temporaryFolder();
  let ledger: LedgerProcess;
  let client: FuzzClient;
  let requests: FuzzRequests;
  let operations: Operation[];

  beforeAll(async () => {
    ledger = await LedgerProcess.start(folder.path, {
      LEDGER_TEST_CLOCK: '2026-06-01T09:00:00Z',
      NODE_OPTIONS: `--import=${pathToFileURL(join(__dirname, 'fuzz/collect-on-signal.mjs')).href}`,
    });
    client = new FuzzClient(ledger.url, timeoutMs);
    const known = await playedLedger(ledger);
    const { body } = await ledger.get<OpenApiDocument>('/docs-json');
    operations = operationsOf(body);
    requests = new FuzzRequests(body, known);
  }, 90_000);
  afterAll(async () => {
    client.close();
    await ledger.stop();
    folder.remove();
  });

  it(
    `survives ${requestsTotal} requests, says nothing of its inside, and keeps its memory`,
    async () => {
      const counts = new Map<string, number>();
      const faults: string[] = [];
      let warmMiB = NaN;
      let slowestMs = 0;
      const plan = planned(operations, requests);
      const callers = await tokens(ledger);
      let next = 0;

      const work = async (): Promise<void> => {
        for (let n = next++; n < plan.length; n = next++) {
          const request = plan[n]!;
          const [role, token] = callers[Math.floor(n / operations.length) % callers.length]!;
          try {
            const answer = await client.send(request, token);
            count(counts, `${answer.status}`);
            slowestMs = Math.max(slowestMs, answer.durationMs);
            const fault = faultOf(request, answer, [folder.path]);
            if (fault !== null) faults.push(told(request, role, `${fault}: ${answer.body.slice(0, 300)}`));
          } catch (error) {
            faults.push(told(request, role, `has no answer: ${String(error)}`));
          }
          if (n === warmUp) warmMiB = await heapMiB(ledger);
        }
      };
      await Promise.all(Array.from({ length: concurrency }, work));

      const endMiB = await heapMiB(ledger);
      process.stderr.write(
        `fuzz: seed ${seed}, ${plan.length} requests to ${operations.length} operations; ` +
          `${[...counts]
            .sort()
            .map(([status, times]) => `${times} × ${status}`)
            .join(', ')}; ` +
          `slowest ${Math.round(slowestMs)} ms; heap ${warmMiB.toFixed(1)} MiB after ${warmUp}, ${endMiB.toFixed(1)} MiB at the end\n`,
      );
      expect(faults.slice(0, 10)).toEqual([]);
      expect(counts.get('200')).toBeGreaterThan(plan.length / 20);
      expect(counts.get('201')).toBeGreaterThan(0);
      expect(endMiB).toBeLessThan(warmMiB + 10 + plan.length / 1_000);
      expect((await ledger.get('/health/ready')).status).toBe(200);
    },
    60_000 + requestsTotal * 100,
  );
});

function planned(operations: readonly Operation[], requests: FuzzRequests): FuzzRequest[] {
  const numRuns = Math.ceil(requestsTotal / operations.length);
  const each = operations.map((operation, n) => fc.sample(requests.of(operation), { seed: seed + n, numRuns }));
  return Array.from({ length: numRuns }, (_, round) => each.map((sample) => sample[round]!)).flat();
}

/** One of each role, nobody, and an admin more than once, for whom most is open. */
async function tokens(ledger: LedgerProcess): Promise<(readonly [string, string | null])[]> {
  const own: TokenRequest[] = ROLES.map((role) => ({
    role,
    ...(role === 'customer' && { email: 'billing@fuzz-one.example' }),
    ...(role === 'helpdesk' && { domain: 'fuzz-one.example' }),
  }));
  const admins: TokenRequest[] = Array.from({ length: 5 }, (_, n) => ({ role: 'admin', subject: `admin-${n}` }));
  const made = [...own, ...admins].map(async (of) => [of.role, await ledger.token(of)] as const);
  return [['nobody', null], ...(await Promise.all(made))];
}

/** What the service keeps, once all that it does not has been collected. */
async function heapMiB(ledger: LedgerProcess): Promise<number> {
  const collected = async (): Promise<number> => {
    const { body } = await ledger.get<{ text: string }>('/metrics');
    return Number(/^nodejs_gc_duration_seconds_count\{kind="major"\} (\S+)$/m.exec(body.text)?.[1] ?? 0);
  };
  const before = await collected();
  process.kill(ledger.pid, 'SIGUSR2');
  while ((await collected()) === before) await sleep(50);
  const { body } = await ledger.get<{ text: string }>('/metrics');
  return Number(/^nodejs_heap_size_used_bytes (\S+)$/m.exec(body.text)?.[1]) / 2 ** 20;
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function told({ operation, kind, method, url, headers, body }: FuzzRequest, role: string, what: string): string {
  const sent = [method, url.slice(0, 300), JSON.stringify(headers), body?.slice(0, 300) ?? ''].join(' ');
  return `${operation.name} (${kind}, ${role}) ${what}\n  ${sent}`;
}
