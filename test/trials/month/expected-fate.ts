import { hourMs, minuteMs, startsAtMs } from './instant.js';
import type { Answered } from './play.js';

/** When a change must have reached its instance, by how the instance behaved; `Infinity` for never. */
export interface Fate {
  readonly earliestMs: number;
  readonly latestMs: number;
}

/** The longest time between two attempts: an hour and its jitter before the deadline, six hours and theirs after it. */
const gapBeforeDeadlineMs = 75 * minuteMs;
const gapAfterDeadlineMs = 7.5 * hourMs;
/** One attempt is made this long before the deadline. */
const lastCallMs = minuteMs;

/** @param steps those of the change's own customer */
export function fateOf(requestedAtMs: number, deadlineMs: number, fetches: boolean, steps: readonly Answered[]): Fate {
  const arrivesAtMs = fetches ? fetchedFrom(requestedAtMs, steps) : behavesFrom(requestedAtMs, steps);
  if (fetches || arrivesAtMs === requestedAtMs || arrivesAtMs === Infinity) {
    return { earliestMs: arrivesAtMs, latestMs: arrivesAtMs };
  }
  const lastCallAtMs = deadlineMs - lastCallMs;
  const latestMs =
    arrivesAtMs < lastCallAtMs
      ? Math.min(arrivesAtMs + gapBeforeDeadlineMs, lastCallAtMs)
      : arrivesAtMs + gapAfterDeadlineMs;
  return { earliestMs: arrivesAtMs, latestMs };
}

/** Every instance fetches once when it is set up. */
function fetchedFrom(fromMs: number, steps: readonly Answered[]): number {
  const fetchesMs = steps.filter(({ action: { kind }, answer }) => kind === 'fetch' && answer === '200');
  return [startsAtMs, ...fetchesMs.map(({ atMs }) => atMs)].find((atMs) => atMs >= fromMs) ?? Infinity;
}

/** What happens at a moment by itself comes before what somebody does then. */
function behavesFrom(fromMs: number, steps: readonly Answered[]): number {
  const behaviours = steps.flatMap(({ atMs, action }) => (action.kind === 'behave' ? [{ atMs, as: action.as }] : []));
  const at = behaviours.filter(({ atMs }) => atMs < fromMs).at(-1)?.as ?? 'well';
  if (at === 'well') return fromMs;
  return behaviours.find(({ atMs, as }) => atMs >= fromMs && as === 'well')?.atMs ?? Infinity;
}
