import { toInstant, type Instant } from '#calendar';
import type { EntitlementChange } from '#license';
import { nextAttemptAt } from './back-off.js';

const requestedAt = '2026-06-11T09:00:00.000Z';
const change = (changeId = 'c1'): EntitlementChange => ({
  changeId,
  licenseId: 'l1',
  kind: 'SeatsReduced',
  revision: 3,
  requestedAt,
  deadline: '2026-06-12T09:00:00.000Z',
});

function attemptTimes(of: EntitlementChange, count: number): Instant[] {
  const times: Instant[] = [of.requestedAt];
  while (times.length < count) times.push(nextAttemptAt(of, times.length, times.at(-1)!));
  return times;
}

const delaysS = (times: readonly Instant[]) =>
  times.slice(1).map((time, index) => (Date.parse(time) - Date.parse(times[index]!)) / 1_000);

describe('nextAttemptAt', () => {
  const times = attemptTimes(change(), 80);
  const before = times.filter((time) => time < change().deadline);

  it('doubles the delay from five seconds up to an hour, and adds a quarter of it at most', () => {
    delaysS(before)
      .slice(0, -1)
      .forEach((delayS, index) => {
        const baseS = Math.min(3_600, 5 * 2 ** index);
        expect(delayS).toBeGreaterThanOrEqual(baseS);
        expect(delayS).toBeLessThanOrEqual(baseS * 1.25);
      });
  });

  it('tries once more in the last minute before the deadline', () => {
    expect(before.at(-1)).toBe('2026-06-12T08:59:00.000Z');
  });

  it('goes on after the deadline, a few times a day', () => {
    const after = times.filter((time) => time >= change().deadline);
    for (const delayS of delaysS(after)) {
      expect(delayS).toBeGreaterThanOrEqual(6 * 3_600);
      expect(delayS).toBeLessThanOrEqual(7.5 * 3_600);
    }
  });

  it('spreads changes that failed together, and repeats itself exactly', () => {
    const first = Array.from({ length: 50 }, (_, index) => nextAttemptAt(change(`c${index}`), 8, requestedAt));
    expect(new Set(first).size).toBeGreaterThan(45);
    expect(Array.from({ length: 50 }, (_, index) => nextAttemptAt(change(`c${index}`), 8, requestedAt))).toEqual(first);
  });

  it('survives any number of attempts', () => {
    expect(nextAttemptAt(change(), 1e9, requestedAt) > toInstant(Date.parse(requestedAt) + 3_599_999)).toBe(true);
  });
});
