import type { Difference } from './comparison.js';
import type { Survey } from './survey.js';

export interface CopyOptions {
  /** Streams that are not to be copied. Default none. */
  readonly isLeftOut?: (stream: string) => boolean;
  /** Look and say what would be done, and write nothing. */
  readonly dryRun?: boolean;
  readonly onProgress?: (progress: CopyProgress) => void;
}

/** How far a step is. The total is unknown while the source is read for the first time. */
export interface CopyProgress {
  readonly step: 'reading the source' | 'comparing with the target' | 'copying' | 'checking';
  readonly eventCount: number;
  readonly totalCount: number | null;
}

export interface Differences {
  /** The first ones. */
  readonly named: readonly Difference[];
  readonly count: number;
}

/** What stands on one side, as the check counted it. */
export interface CheckedSide {
  readonly eventCount: number;
  /** Over the ids, types, kinds of content, data, metadata and revisions of all events. */
  readonly digest: string;
}

export interface CopyCheck {
  readonly source: CheckedSide;
  readonly target: CheckedSide;
  readonly differences: Differences;
}

export type SurveyResult = Readonly<Omit<Survey, 'take' | 'has'>>;

interface Surveyed {
  /** What is in the source, up to the end that it had when the copy began. */
  readonly survey: SurveyResult;
}

interface Compared extends Surveyed {
  /** Events that stood in the target before this run. */
  readonly presentCount: number;
  /** Events of streams of the target that the source does not have; the first few of those are named. */
  readonly otherEventCount: number;
  readonly otherStreams: readonly string[];
}

export type CopyOutcome =
  /** Nothing was written: streams of the source have lost events, see `survey.gaps`. */
  | (Surveyed & { readonly kind: 'source-incomplete' })
  /** Nothing was written: what is in the target does not come from this source. */
  | (Surveyed & { readonly kind: 'target-differs'; readonly differences: Differences })
  | (Compared & { readonly kind: 'dry-run' })
  | (Compared & {
      readonly kind: 'copied';
      readonly copiedCount: number;
      readonly copyingMs: number;
      readonly check: CopyCheck;
      /** Events that came to the source while this ran. */
      readonly newerCount: number;
    });
