import type { EventStore } from '../event-store.js';
import { AppendWindow, CopyConflict } from './append-window.js';
import { Comparison } from './comparison.js';
import { isTombstone, toCopy } from './copied-log.js';
import type { CopyCheck, CopyOptions, CopyOutcome, CopyProgress, Differences } from './copy-outcome.js';
import { fingerprintOfSource, fingerprintOfTarget, placeOf, type Fingerprint } from './fingerprint.js';
import { SourceLog } from './source-log.js';
import { copyMetadata, foreignMetadata, metadataToCopy } from './stream-metadata.js';
import type { Survey } from './survey.js';
import { TargetLog } from './target-log.js';

interface Job {
  readonly source: SourceLog;
  readonly target: EventStore;
  readonly survey: Survey;
  tell(step: CopyProgress['step'], eventCount: number): void;
}

/**
 * Copies the log of one server to another: events with their ids, bytes and revisions in the order of the log, and how
 * streams are kept. It needs no notes of its own: the target says how far an earlier run came.
 * @throws EventStoreUnavailable, EventStoreRejected, CopyConflict; the next run goes on where this one stopped
 */
export async function copyLog(from: EventStore, target: EventStore, options: CopyOptions = {}): Promise<CopyOutcome> {
  const { isLeftOut = () => false, dryRun = false, onProgress = () => undefined } = options;
  const source = await SourceLog.of(from, isLeftOut);
  const survey = await source.survey((eventCount) =>
    onProgress({ step: 'reading the source', eventCount, totalCount: null }),
  );
  if (survey.gaps.size > 0) return { kind: 'source-incomplete', survey };

  const tell: Job['tell'] = (step, eventCount) => onProgress({ step, eventCount, totalCount: survey.eventCount });
  const job: Job = { source, target, survey, tell };
  const { comparison, targetLog } = await compare(job, 'comparing with the target');
  const differences = differencesOf(comparison);
  if (differences.count > 0) return { kind: 'target-differs', survey, differences };

  const compared = {
    survey,
    presentCount: comparison.matchedCount,
    otherEventCount: targetLog.otherEventCount,
    otherStreams: [...targetLog.otherStreams],
  };
  if (dryRun) return { kind: 'dry-run', ...compared };

  const startedAt = performance.now();
  const copiedCount = await copyEvents(job, comparison);
  for (const original of metadataToCopy(survey, targetLog)) await copyMetadata(target, original);
  const copyingMs = performance.now() - startedAt;
  const check = await checkCopy(job);
  return { kind: 'copied', ...compared, copiedCount, copyingMs, check, newerCount: await source.countNewer() };
}

/** Reads the target, and the source as far as that goes; to its end for the check. */
async function compare({ source, target, survey, tell }: Job, step: 'comparing with the target' | 'checking') {
  const originals = fingerprints(source);
  const comparison = new Comparison(originals);
  const targetLog = new TargetLog(survey);
  try {
    for await (const record of target.readRecords({ from: 'start', doing: 'reading the target' })) {
      if (!targetLog.take(record)) continue;
      if (!(await comparison.take(fingerprintOfTarget(record)))) break;
      tell(step, comparison.targetCount);
    }
    if (step === 'checking') await comparison.finish();
  } finally {
    await originals.return();
  }
  for (const record of foreignMetadata(survey, targetLog)) comparison.differ(record, 'only-in-target');
  return { comparison, targetLog };
}

async function* fingerprints(source: SourceLog): AsyncGenerator<Fingerprint, void, undefined> {
  for await (const record of source.events('start')) yield fingerprintOfSource(record);
}

async function copyEvents({ source, target, survey, tell }: Job, comparison: Comparison): Promise<number> {
  let copiedCount = 0;
  const written = (eventCount: number): void => {
    copiedCount += eventCount;
    tell('copying', comparison.matchedCount + copiedCount);
  };
  const appends = new AppendWindow(target, written);
  for await (const record of source.events(comparison.resumeFrom)) {
    const { stream, revision, position } = record;
    if (!comparison.lacks({ place: placeOf(record), position })) continue;
    if (isTombstone(record)) {
      await appends.drain();
      const expectedRevision = BigInt(survey.revisions.get(stream) ?? -1);
      if (!(await target.tombstone(stream, expectedRevision))) throw new CopyConflict({ stream, expectedRevision });
      written(1);
    } else {
      await appends.add(stream, revision, toCopy(record));
    }
  }
  await appends.drain();
  return copiedCount;
}

/** Reads both logs again, from the beginning to the end. */
async function checkCopy(job: Job): Promise<CopyCheck> {
  const { comparison, targetLog } = await compare(job, 'checking');
  for (const original of metadataToCopy(job.survey, targetLog)) comparison.differ(original, 'other-content');
  return {
    source: { eventCount: comparison.sourceCount, digest: String(comparison.sourceDigest) },
    target: { eventCount: comparison.targetCount, digest: String(comparison.targetDigest) },
    differences: differencesOf(comparison),
  };
}

const differencesOf = ({ differences, differenceCount }: Comparison): Differences => ({
  named: differences,
  count: differenceCount,
});
