import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CreditEntry, Invoice, License, SeatChange } from '#contracts';
import { EventStore } from '#event-store';
import { startEventStoreNode } from '#event-store-node';
import { LedgerProcess, temporaryFolder } from '../support/ledger-process.js';
import { until } from '../support/until.js';

const connections = 64;
const licensesCount = 16;
/** Twice as many as can be in flight: the kill comes in the middle, however slow the machine. */
const answersBeforeKill = 2 * connections;

interface Attempt {
  readonly license: string;
  readonly key: string;
  readonly seats: number;
  readonly answer?: SeatChange;
}

describe('kill -9 of everything, in the middle of seat changes', () => {
  const folder = temporaryFolder();
  let ledger: LedgerProcess;
  const attempts: Attempt[] = [];

  beforeAll(async () => {
    ledger = await LedgerProcess.start(folder.path);
    const names = Array.from({ length: licensesCount }, (_, index) => `crash-${index}.example`);
    const licenses = await Promise.all(names.map((domain) => ledger.register(domain)));
    const running = Array.from({ length: connections }, (_, index) => changeSeats(licenses, index));
    await until(() => attempts.filter(({ answer }) => answer !== undefined).length >= answersBeforeKill);
    await ledger.killAll();
    await Promise.all(running);
    ledger = await LedgerProcess.start(folder.path);
  }, 60_000);
  afterAll(async () => {
    await ledger.stop();
    folder.remove();
  });

  /** One connection: changes, one after the other, until the service is gone. */
  async function changeSeats(licenses: readonly string[], connection: number): Promise<void> {
    const license = licenses[connection % licensesCount] ?? '';
    for (let turn = 0; ; turn++) {
      const attempt = { license, key: `${connection}/${turn}`, seats: 100 + connection * 1_000 + turn };
      try {
        const { status, body } = await ledger.post<SeatChange>(
          `${license}/seat-changes`,
          { seats: attempt.seats },
          attempt,
        );
        attempts.push(status === 201 ? { ...attempt, answer: body } : attempt);
      } catch {
        attempts.push(attempt); // nobody knows whether it was made
        return;
      }
    }
  }

  it('loses no change that was answered and makes none twice', async () => {
    const answered = attempts.filter(({ answer }) => answer !== undefined);
    expect(answered.length).toBeGreaterThanOrEqual(answersBeforeKill);
    for (const { license, key, seats, answer } of attempts) {
      const { status, body } = await ledger.post<SeatChange>(`${license}/seat-changes`, { seats }, { key });
      if (answer) expect(body).toEqual(answer);
      else expect(status).toBe(201);
    }
    await ledger.stop();
    const changes = await recordedChanges();
    expect(changes).toHaveLength(attempts.length);
    expect(new Set(changes).size).toBe(attempts.length);
    expect(new Set(changes)).toEqual(new Set(attempts.map(({ license, seats }) => `${license} to ${seats}`)));
    ledger = await LedgerProcess.start(folder.path);
  }, 60_000);

  it('leaves a read model that equals a replay from nothing', async () => {
    const survived = await everything();
    expect(survived.licenses).toHaveLength(licensesCount);
    await ledger.stop();
    rmSync(join(folder.path, 'read-model'), { recursive: true });
    ledger = await LedgerProcess.start(folder.path);
    expect(await everything()).toEqual(survived);
  }, 60_000);

  async function everything() {
    return {
      licenses: await ledger.all<License>('/v1/licenses'),
      invoices: await ledger.all<Invoice>('/v1/invoices'),
      credits: await ledger.all<CreditEntry>('/v1/credits'),
    };
  }

  /** What stands in the event store itself. */
  async function recordedChanges(): Promise<string[]> {
    const node = await startEventStoreNode({ dataFolder: join(folder.path, 'event-store') });
    const store = new EventStore(node.connectionString);
    const changes: string[] = [];
    for await (const { stream, type, data } of store.readAll({ prefixes: ['license-'] })) {
      if (type !== 'SeatsIncreased' && type !== 'SeatsReduced') continue;
      changes.push(`/v1/licenses/${stream.slice('license-'.length)} to ${(data as { to: number }).to}`);
    }
    await store.close();
    await node.stop();
    return changes;
  }
});
