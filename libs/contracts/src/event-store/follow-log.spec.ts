import type { PublicEvent } from '../events/index.js';
import { positionOf } from '../position.js';
import { LicenseLog, until } from '../spec-support/license-log.js';
import { consumeLog, followLog, type Checkpoint } from './index.js';

const activeOf = ({ data }: PublicEvent): number => ('active' in data ? data.active : 0);

class InMemory implements Checkpoint {
  readonly saved: string[] = [];
  load = (): string | null => this.saved.at(-1) ?? null;
  save = (position: string): unknown => this.saved.push(position);
}

describe('a consumer of the log', () => {
  let log: LicenseLog;
  let stopping: AbortController;
  let checkpoint: InMemory;
  let handled: PublicEvent[];
  let interruptions: number;

  beforeEach(async () => {
    log = await LicenseLog.start();
    stopping = new AbortController();
    checkpoint = new InMemory();
    handled = [];
    interruptions = 0;
  });
  afterEach(() => log.close());

  const consumed = (handle: (event: PublicEvent) => unknown = () => undefined): Promise<void> =>
    consumeLog({
      client: log.client,
      checkpoint,
      signal: stopping.signal,
      onInterrupted: () => (interruptions += 1),
      handle: async (event) => {
        await handle(event);
        handled.push(event);
      },
    });
  const untilHandled = (...counts: number[]) =>
    until(`${counts.join()} are handled`, () => handled.map(activeOf).join() === counts.join());

  it('gets what was recorded and what is recorded, of every license and of nothing else', async () => {
    await log.report('acme.example', 1, 2);
    const running = consumed();
    await log.appendElsewhere();
    await log.report('umbrella.example', 3);
    await untilHandled(1, 2, 3);
    await log.report('acme.example', 4);
    await untilHandled(1, 2, 3, 4);
    stopping.abort();
    await running;
    expect(handled.map(({ sequence }) => Number(sequence))).toEqual([1, 2, 1, 3]);
    expect(handled[0]).toMatchObject({
      specversion: '1.0',
      type: 'io.seat-ledger.staff-count-reported.v1',
      source: `/licenses/${handled[0]!.subject}`,
      time: '2026-06-11T09:30:00.000Z',
      correlationid: 'the request',
      causationid: 'the command',
      data: { active: 1, seats: 60, access: 'accessible' },
    });
    expect(checkpoint.saved).toEqual(expect.arrayContaining(handled.map(({ position }) => position)));
  });

  it('moves on over what its filter leaves out', async () => {
    const running = consumed();
    let elsewhere = await log.appendElsewhere();
    for (let each = 0; each < 1_100; each += 1) elsewhere = await log.appendElsewhere('Other', `other-${each % 7}`);
    await until('a mark has come', () => checkpoint.saved.length > 0);
    stopping.abort();
    await running;
    expect(handled).toEqual([]);
    expect(positionOf(checkpoint.saved.at(-1)!)!.commit).toBeLessThanOrEqual(elsewhere.commit);
  });

  it('takes its subscription up again when the store was away, without a loss and without a repeat', async () => {
    const running = consumed();
    await log.report('acme.example', 1, 2);
    await untilHandled(1, 2);
    await log.restart(() => until('the loss is noticed', () => interruptions > 0));
    await log.report('acme.example', 3);
    await untilHandled(1, 2, 3);
    stopping.abort();
    await running;
  });

  it('begins behind its checkpoint, with the event whose handling failed', async () => {
    await log.report('acme.example', 1, 2, 3);
    const failing = (event: PublicEvent) => {
      if (activeOf(event) === 2) throw new Error('no room');
    };
    await expect(consumed(failing)).rejects.toThrow('no room');
    expect(checkpoint.saved).toEqual(handled.map(({ position }) => position));
    const running = consumed();
    await untilHandled(1, 2, 3);
    stopping.abort();
    await running;
  });

  it('does not pass over an event that it can not read, nor begin at what is no position', async () => {
    await log.report('acme.example', 1);
    await log.appendElsewhere('LicenseEaten', 'license-0637e301-e05d-505b-8267-486f5677de9b');
    await expect(consumed()).rejects.toThrow("'LicenseEaten' is not an event of a license");
    await untilHandled(1);
    await expect(followLog({ client: log.client, after: 'yesterday' }).next()).rejects.toThrow("'yesterday' is not");
  });
});
