import type { CopyOutcome, Difference, Differences, SubscriptionGroup } from '#event-store';

/** The two servers, as they may be shown. */
export interface ServerNames {
  readonly source: string;
  readonly target: string;
}

type Survey = CopyOutcome['survey'];

const gapsNamedMax = 20;

/** Whether the target is a copy of the source now; on a dry run, whether it may become one. */
export function isComplete(outcome: CopyOutcome): boolean {
  return outcome.kind === 'dry-run' || (outcome.kind === 'copied' && outcome.check.differences.count === 0);
}

/** What became of a copy, in lines: what there is, what was done, what was left behind, and what to do next. */
export function reportOf(
  outcome: CopyOutcome,
  names: ServerNames,
  groups: readonly SubscriptionGroup[] | null,
): readonly string[] {
  const { survey } = outcome;
  const source = `Source ${names.source}: ${events(survey.eventCount)} in ${streamCount(survey)}.`;
  switch (outcome.kind) {
    case 'source-incomplete':
      return [source, ...gapLines(survey)];
    case 'target-differs':
      return [
        source,
        `Nothing was written: what the target ${names.target} holds in these streams is not the beginning of a copy.`,
        ...differenceLines(outcome.differences),
        'Copy to a server without these streams, or find out who wrote there.',
      ];
    case 'dry-run': {
      const missing = survey.eventCount - outcome.presentCount;
      return [
        source,
        `Target ${names.target}: ${events(outcome.presentCount)} of them are there. ${events(missing)} would be copied.`,
        ...otherLines(outcome),
        ...leftBehindLines(survey, groups),
      ];
    }
    case 'copied':
      return [
        source,
        `Target ${names.target}: ${events(outcome.presentCount)} of them were there already.`,
        `Copied ${events(outcome.copiedCount)} in ${rateOf(outcome)}.`,
        ...otherLines(outcome),
        ...leftBehindLines(survey, groups),
        ...checkLines(outcome),
      ];
  }
}

function gapLines({ gaps }: Survey): string[] {
  const named = [...gaps].slice(0, gapsNamedMax).map(([stream, revision]) => `  ${stream}: revision ${revision}`);
  return [
    `Nothing was written: ${gaps.size} streams of the source have lost events, so no server can give them the same revisions. The first that is missing:`,
    ...named,
    ...(gaps.size > named.length ? [`  … and ${count(gaps.size - named.length)} more streams`] : []),
    'Leave them out by the beginning of their names (--leave-out), and move them in another way.',
  ];
}

function otherLines({ otherEventCount, otherStreams }: CopyOutcome & { kind: 'copied' | 'dry-run' }): string[] {
  if (otherEventCount === 0) return [];
  return [
    `The target also has ${events(otherEventCount)} of other streams, for example ${otherStreams.join(', ')}. They are left alone.`,
  ];
}

function leftBehindLines(survey: Survey, groups: readonly SubscriptionGroup[] | null): string[] {
  const lines: string[] = [];
  if (survey.leftOutCount > 0) lines.push(`Left out, as asked: ${events(survey.leftOutCount)}.`);
  if (survey.systemEvents.size > 0) {
    const families = [...survey.systemEvents].map(([family, size]) => `${family} (${count(size)})`);
    lines.push(`Not copied, because each server keeps its own: ${families.join(', ')}.`);
  }
  if (survey.withoutOriginCount > 0) {
    lines.push(
      `${events(survey.withoutOriginCount)} did not take their time along, because their metadata is no JSON object, for example in ${[...survey.withoutOrigin].join(', ')}.`,
    );
  }
  if (groups === null) {
    lines.push(
      'The persistent subscriptions of the source could not be listed; create them on the target if there are any.',
    );
  } else if (groups.length > 0) {
    lines.push(
      'Persistent subscriptions to create on the target:',
      ...groups.map(
        ({ stream, group, checkpoint }) =>
          `  ${stream}::${group}, ${checkpoint ? `dealt with up to ${checkpoint}` : 'without a checkpoint'}`,
      ),
    );
  }
  return lines;
}

function checkLines({ check, newerCount }: CopyOutcome & { kind: 'copied' }): string[] {
  const { source, target, differences } = check;
  const lines = [
    `Check: ${events(source.eventCount)} in the source, digest ${source.digest}`,
    `       ${events(target.eventCount)} in the target, digest ${target.digest}`,
  ];
  if (differences.count > 0) {
    return [
      ...lines,
      `The target is no copy: ${count(differences.count)} differences.`,
      ...differenceLines(differences),
      'Find out who wrote there, and copy again to a server without these streams.',
    ];
  }
  lines.push('Ids, types, data, metadata and revisions are the same, and so is how the streams are kept.');
  if (newerCount > 0) {
    lines.push(`${events(newerCount)} came to the source meanwhile. Run the command again for them.`);
  }
  return lines;
}

function differenceLines({ named, count: total }: Differences): string[] {
  const more = total - named.length;
  return [...named.map((difference) => `  ${told(difference)}`), ...(more > 0 ? [`  … and ${count(more)} more`] : [])];
}

function told({ stream, revision, kind }: Difference): string {
  const place = `${stream} at revision ${revision}`;
  switch (kind) {
    case 'another-event':
      return `${place}: another event in the target`;
    case 'other-content':
      return `${place}: other content in the target`;
    case 'only-in-source':
      return `${place}: missing in the target`;
    case 'only-in-target':
      return `${place}: only in the target`;
  }
}

function rateOf({ copiedCount, copyingMs }: CopyOutcome & { kind: 'copied' }): string {
  const seconds = copyingMs / 1000;
  const time = `${seconds.toFixed(1)} s`;
  return copiedCount > 0 ? `${time} (${count(copiedCount / seconds)} a second)` : time;
}

const count = (value: number): string => Math.round(value).toLocaleString('en');
const events = (value: number): string => `${count(value)} ${value === 1 ? 'event' : 'events'}`;
const streamCount = ({ revisions }: Survey): string =>
  `${count(revisions.size)} ${revisions.size === 1 ? 'stream' : 'streams'}`;
