import type { PublicEvent } from '../events/index.js';
import { LicenseLog, until } from '../spec-support/license-log.js';
import { consumeGroup, ensureGroup, type GroupOptions } from './index.js';

const activeOf = ({ data }: PublicEvent): number => ('active' in data ? data.active : 0);
const group = 'crm';

describe('a consumer in a group', () => {
  let log: LicenseLog;
  let stopping: AbortController;
  let handled: number[];

  beforeEach(async () => {
    log = await LicenseLog.start();
    stopping = new AbortController();
    handled = [];
    await ensureGroup(log.client, group);
  });
  afterEach(() => log.close());

  const consumed = (more: Partial<GroupOptions> = {}): Promise<void> =>
    consumeGroup({
      client: log.client,
      group,
      signal: stopping.signal,
      handle: (event) => handled.push(activeOf(event)),
      ...more,
    });
  const infoOf = () => log.client.getPersistentSubscriptionToAllInfo(group);
  const untilHandled = (...counts: number[]) =>
    until(`${counts.join()} are handled`, () => handled.toSorted((a, b) => a - b).join() === counts.join());
  const untilNothingIsOut = () =>
    until('everything is acknowledged', async () => (await infoOf()).stats.outstandingMessagesCount === 0);

  it('is made once, and goes on where it is', async () => {
    await log.appendElsewhere();
    await log.report('acme.example', 1, 2);
    const running = consumed();
    await untilHandled(1, 2);
    await untilNothingIsOut();
    stopping.abort();
    await running;
    await until('the server has let it go', async () => (await infoOf()).connections.length === 0);

    await ensureGroup(log.client, group, 'end');
    stopping = new AbortController();
    const again = consumed();
    await log.report('acme.example', 3);
    await untilHandled(1, 2, 3);
    stopping.abort();
    await again;
  });

  it('shares the events with the others of its group', async () => {
    const others: number[] = [];
    const running = [consumed(), consumed({ handle: (event) => others.push(activeOf(event)) })];
    await until('both are there', async () => (await infoOf()).connections.length === 2);
    const counts = Array.from({ length: 20 }, (_, index) => index + 1);
    for (const count of counts) await log.report('acme.example', count);
    await until('all are handled', () => handled.length + others.length === 20);
    expect([...handled, ...others].toSorted((a, b) => a - b)).toEqual(counts);
    expect(others.length).toBeGreaterThan(0);
    expect(handled.length).toBeGreaterThan(0);
    await untilNothingIsOut();
    stopping.abort();
    await Promise.all(running);
  });

  it('tries an event again, parks what never goes, and goes on with the others', async () => {
    const failed: (readonly [string, boolean])[] = [];
    let lucky = 0;
    const running = consumed({
      attemptsMax: 3,
      onFailed: (error, _, isParked) => failed.push([(error as Error).message, isParked]),
      handle: (event) => {
        const active = activeOf(event);
        if (active === 2) throw new Error('poison');
        if (active === 3 && (lucky += 1) < 2) throw new Error('not now');
        handled.push(active);
      },
    });
    await log.report('acme.example', 1, 2, 3, 4);
    await log.appendElsewhere('LicenseEaten', 'license-0637e301-e05d-505b-8267-486f5677de9b');
    await untilHandled(1, 3, 4);
    await until('two are parked', () => failed.filter(([, isParked]) => isParked).length === 2);
    await untilNothingIsOut();
    stopping.abort();
    await running;
    const unreadable = "'LicenseEaten' is not an event of a license";
    expect(failed.toSorted()).toEqual(
      [
        ['poison', false],
        ['poison', false],
        ['poison', true],
        ['not now', false],
        [unreadable, false],
        [unreadable, false],
        [unreadable, true],
      ].toSorted(),
    );
    const parked = log.client.readStream(`$persistentsubscription-$all::${group}-parked`);
    let count = 0;
    for await (const _ of parked) count += 1;
    expect(count).toBe(2);
  });

  it('subscribes again when the store was away', async () => {
    let interruptions = 0;
    const running = consumed({ onInterrupted: () => (interruptions += 1) });
    await log.report('acme.example', 1);
    await untilHandled(1);
    await untilNothingIsOut();
    await log.restart(() => until('the loss is noticed', () => interruptions > 0));
    await log.report('acme.example', 2);
    await until('2 is handled', () => handled.includes(2));
    stopping.abort();
    await running;
  });
});
