import type { LedgerApi } from '../api.js';
import { lockedOut, sixtySeats } from './customer-stories.js';
import { reachesTheHelpdesk } from './propagation-story.js';
import { playStories, Stage, type Story } from './story.js';
import { definePlans, workedExamples } from './worked-examples.js';

/** The earliest moment of the stories: a test clock must not be past it. */
export const demoStartsAt = '2026-01-31T00:00:00.000Z';

/**
 * Plays the customer stories and the worked examples against a ledger with a test clock.
 *
 * @param run a short word that keeps the domains of this run apart from those of runs before
 * @param simulatorUrl where helpdesk instances are played; without it the story that needs one is left out
 * @returns how many figures differ from the rules
 */
export async function playDemo(
  api: LedgerApi,
  run: string,
  simulatorUrl: string | undefined,
  print: (text: string) => void,
): Promise<number> {
  const { now } = await api.get<{ now: string }>('/v1/test-clock');
  if (now > demoStartsAt) {
    throw new Error(
      `the ledger's test clock stands at ${now}, and the stories begin on ${demoStartsAt}: clocks only go forward, so start a ledger on an empty data folder with LEDGER_TEST_CLOCK=${demoStartsAt}`,
    );
  }
  await definePlans(new Stage(api));
  const domain = (name: string) => `${name}-${run}.example`;
  const stories = [
    sixtySeats(domain('acme'), 'demo-ten'),
    lockedOut(domain('duo'), 'demo-ten'),
    ...(simulatorUrl === undefined ? [] : [reachesTheHelpdesk(domain('reach'), 'demo-ten', simulatorUrl)]),
    ...workedExamples((n) => domain(`worked-${n}`)),
  ];
  const told = new Map<Story, Stage>();
  const mismatches = await playStories(stories, api, (story, stage) => told.set(story, stage));
  for (const story of stories) print([`\n${story.title}`, ...(told.get(story)?.lines ?? [])].join('\n'));
  print(mismatches === 0 ? '\nEvery figure is as the rules say.' : `\n${mismatches} figures differ from the rules.`);
  return mismatches;
}
