import { isDeepStrictEqual } from 'node:util';
import type { Money } from '#contracts';
import { formatMinor } from '#money';
import type { LedgerApi } from '../api.js';

/** One thing that happens in a story, at its moment on the ledger's clock. */
export interface Step {
  /** A local date (nine in the morning, UTC) or an instant. */
  readonly at: string;
  act(stage: Stage): Promise<void>;
}

export interface Story {
  readonly title: string;
  readonly steps: readonly Step[];
}

/** Where a story is played: it calls the ledger and writes down what a person would want to read. */
export class Stage {
  readonly lines: string[] = [];
  mismatches = 0;

  constructor(readonly api: LedgerApi) {}

  say(text: string): void {
    this.lines.push(text);
  }

  /** A figure of the product beside the one that the rules give. */
  figure(what: string, computed: unknown, expected: unknown): void {
    const right = isDeepStrictEqual(computed, expected);
    if (!right) this.mismatches += 1;
    this.say(`  ${right ? '✓' : '✗'} ${what}: ${String(computed)}${right ? '' : ` (should be ${String(expected)})`}`);
  }
}

/** `76.00 USD` */
export function show({ amount, currency }: Money): string {
  return `${formatMinor(amount, currency)} ${currency}`;
}

/**
 * Plays all stories on one clock, which only goes forward: their steps are merged by time, and each story's lines are
 * handed over when its last step is done.
 */
export async function playStories(
  stories: readonly Story[],
  api: LedgerApi,
  tell: (story: Story, stage: Stage) => void,
): Promise<number> {
  const stages = new Map(stories.map((story) => [story, new Stage(api)]));
  const steps = stories
    .flatMap((story) => story.steps.map((step) => ({ story, step, at: instantOf(step.at) })))
    .toSorted((left, right) => (left.at < right.at ? -1 : left.at > right.at ? 1 : 0));
  for (const { story, step, at } of steps) {
    const stage = stages.get(story);
    if (stage === undefined) continue;
    await moveClock(api, at);
    await step.act(stage);
    if (story.steps.at(-1) === step) tell(story, stage);
  }
  return [...stages.values()].reduce((sum, stage) => sum + stage.mismatches, 0);
}

async function moveClock(api: LedgerApi, at: string): Promise<void> {
  const { now } = await api.get<{ now: string }>('/v1/test-clock');
  if (now < at) await api.put('/v1/test-clock', { now: at });
}

function instantOf(at: string): string {
  return at.includes('T') ? at : `${at}T09:00:00.000Z`;
}
