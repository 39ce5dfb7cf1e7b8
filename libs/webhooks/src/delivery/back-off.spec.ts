import { backOffMs, retryAfterMs } from './back-off.js';
import { defaultLimits } from './delivery-limits.js';

describe('the back-off of a webhook', () => {
  const longest = () => 0.999_999;

  it('may wait for up to two seconds, then twice as long each time, and three hours at most', () => {
    const bounds = [1, 2, 3, 10, 20, 1_000].map((attempts) => backOffMs(attempts, defaultLimits, longest));
    expect(bounds).toEqual([2_000, 4_000, 8_000, 1_023_999, 10_799_989, 10_799_989]);
  });

  it('spreads over all of it, and is never nothing', () => {
    expect([0, 0.5].map((random) => backOffMs(11, defaultLimits, () => random))).toEqual([500, 1_024_000]);
  });

  it('is as long as the endpoint asks for, within its bound', () => {
    expect(backOffMs(1, defaultLimits, longest, 60_000)).toBe(60_000);
    expect(backOffMs(1, defaultLimits, longest, 86_400_000)).toBe(10_800_000);
  });

  it('reads seconds and dates', () => {
    const nowMs = Date.parse('2026-06-01T09:00:00Z');
    const asked = ['120', 'Mon, 01 Jun 2026 09:01:00 GMT', 'Mon, 01 Jun 2026 08:00:00 GMT', 'soon', undefined];
    expect(asked.map((value) => retryAfterMs(value, nowMs))).toEqual([120_000, 60_000, 0, 0, 0]);
  });
});
