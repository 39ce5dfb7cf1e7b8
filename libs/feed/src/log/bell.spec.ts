import { Bell } from './bell.js';

describe('A bell', () => {
  const never = new AbortController().signal;

  it('wakes all who wait for it, once', async () => {
    const bell = new Bell();
    const waiting = [bell.wait(60_000, never), bell.wait(60_000, never)];
    bell.ring();
    await Promise.all(waiting);
    let isWoken = false;
    const next = bell.wait(60_000, never).then(() => (isWoken = true));
    await new Promise(setImmediate);
    expect(isWoken).toBe(false);
    bell.ring();
    await next;
  });

  it('lets go after a while, and of who leaves', async () => {
    const bell = new Bell();
    await bell.wait(1, never);
    const leaving = new AbortController();
    const waiting = bell.wait(60_000, leaving.signal);
    leaving.abort();
    await waiting;
    await bell.wait(60_000, leaving.signal);
  });
});
