import type { Random } from './random.js';
import { dayMs, hourMs, minuteMs, startsAtMs } from './instant.js';

/** How an instance behaves while it does not behave well; `fetches`: it has no callback and comes by itself. */
export type Conduct =
  | { readonly kind: 'well' }
  | { readonly kind: 'slow' | 'fail' | 'wrong' | 'away'; readonly fromMs: number; readonly untilMs: number }
  | { readonly kind: 'fetches'; readonly everyMs: number | null; readonly isConfused: boolean };

export interface Customer {
  readonly domain: string;
  readonly terms: {
    readonly planId: string;
    readonly seats: number;
    readonly interval: 'month' | 'year';
    readonly startedOn: string;
    readonly paidThrough?: string;
    readonly timeZone: string;
  };
  readonly conduct: Conduct;
  /** Pays each invoice some days after its issue; others never do. */
  readonly pays: boolean;
}

const timeZones = ['UTC', 'UTC', 'Europe/Berlin', 'America/New_York'] as const;

/** How long an instance misbehaves: for hours, beyond the deadline, for good, for minutes. */
const spansMs = [9 * hourMs, 30 * hourMs, Infinity, 7 * minuteMs] as const;

/** A third of the customers have instances that misbehave, in all the ways and spans there are. */
export function customerOf(index: number, days: number, random: Random): Customer {
  const isUnpaidFromBefore = index % 6 === 3;
  // A cycle begins for some of them on each day of the trial.
  const startedDay = isUnpaidFromBefore ? 20 : 1 + ((index * 5 + random.integer(0, 4)) % Math.min(days, 30));
  return {
    domain: `month-${String(index).padStart(3, '0')}.example`,
    terms: {
      planId: random.pick(['team', 'pro']),
      seats: random.integer(4, 60),
      interval: index % 9 === 4 ? 'year' : 'month',
      startedOn: `2026-04-${String(startedDay).padStart(2, '0')}`,
      ...(!isUnpaidFromBefore && { paidThrough: '2026-05-01' }),
      timeZone: random.pick(timeZones),
    },
    conduct: conductOf(index, days, random),
    pays: index % 6 !== 3 && index % 7 !== 5,
  };
}

function conductOf(index: number, days: number, random: Random): Conduct {
  if (index % 3 === 0) {
    const kind = (['fail', 'wrong', 'away', 'slow'] as const)[(index / 3) % 4] ?? 'fail';
    const fromMs = startsAtMs + random.integer(0, Math.max(0, days - 5)) * dayMs + hourMs;
    // A slow one costs the time limit of a call each time: it recovers soon.
    const spanMs = kind === 'slow' ? minuteMs : (spansMs[Math.floor(index / 12 + index / 3) % 4] ?? Infinity);
    return { kind, fromMs, untilMs: fromMs + spanMs };
  }
  if (index % 4 !== 1) return { kind: 'well' };
  const everyMs = random.pick([9 * hourMs, 17 * hourMs, 40 * hourMs, null]);
  return { kind: 'fetches', everyMs, isConfused: random.chance(0.5) };
}
