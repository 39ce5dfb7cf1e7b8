import { pause } from './backoff.js';
import { EventStoreBusy, EventStoreUnavailable } from './errors.js';
import { Lanes } from './lanes.js';

/** A job that runs until it is told to end. */
function held() {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { job: () => ended, end };
}

describe('Lanes', () => {
  it('runs the jobs of one key one after another, in order of arrival, past a failure', async () => {
    const lanes = new Lanes({ perKey: 10, total: 10 });
    const log: string[] = [];
    const step = (name: string) => async (): Promise<void> => {
      log.push(`${name} begins`);
      await Promise.resolve();
      log.push(`${name} ends`);
    };
    const failing = lanes.run('a', async () => {
      await step('first')();
      throw new Error('no');
    });
    const second = lanes.run('a', step('second'));
    await expect(failing).rejects.toThrow('no');
    await second;
    expect(log).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
    expect(lanes.length).toBe(0);
  });

  it('runs the jobs of different keys side by side', async () => {
    const lanes = new Lanes({ perKey: 1, total: 2 });
    const slow = held();
    const first = lanes.run('a', slow.job);
    await expect(lanes.run('b', async () => 'done')).resolves.toBe('done');
    slow.end();
    await first;
  });

  it('turns away what waits behind a job that found the store away, for each would find it out anew', async () => {
    const lanes = new Lanes({ perKey: 10, total: 10 });
    const slow = held();
    const away = new EventStoreUnavailable('reading');
    const ran: string[] = [];
    const job = (name: string) => async () => void ran.push(name);
    const first = lanes.run('a', () => slow.job().then(() => Promise.reject(away)));
    const waiting = [lanes.run('a', job('second')), lanes.run('a', job('third'))];
    const elsewhere = lanes.run('b', job('elsewhere'));
    slow.end();
    for (const each of [first, ...waiting]) await expect(each).rejects.toBe(away);
    await elsewhere;
    await lanes.run('a', job('later'));
    expect(ran).toEqual(['elsewhere', 'later']);
    expect(lanes.length).toBe(0);
  });

  it('is busy over the bound of a lane and over the bound of all lanes, and free again afterwards', async () => {
    const lanes = new Lanes({ perKey: 1, total: 2 });
    const slow = held();
    const running = [lanes.run('a', slow.job), lanes.run('b', slow.job)];
    await expect(lanes.run('a', slow.job)).rejects.toThrow(EventStoreBusy);
    await expect(lanes.run('c', slow.job)).rejects.toThrow(EventStoreBusy);
    slow.end();
    await Promise.all(running);
    await expect(lanes.run('a', async () => 1)).resolves.toBe(1);
  });

  it('lets others at the stream: a busy lane rests, in proportion to how long its turns take', async () => {
    const lanes = new Lanes({ perKey: 100, total: 100 });
    const beganAt: number[] = [];
    const turn = async (): Promise<void> => {
      beganAt.push(performance.now());
      await pause(2);
    };
    await Promise.all(Array.from({ length: 30 }, () => lanes.run('a', turn)));
    const turnMs = (beganAt[24]! - beganAt[0]!) / 24;
    expect(beganAt[25]! - beganAt[24]!).toBeGreaterThan(4 * turnMs);
  });
});
