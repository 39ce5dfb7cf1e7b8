import { describedBy, kindOf } from './copied-log.js';
import type { StoredRecord } from './stored-record.js';
import type { Survey } from './survey.js';

/** Other streams that are named; the rest is counted. */
const namedMax = 5;

/** What is in the target, seen beside the survey of the source: another application may have its streams there. */
export class TargetLog {
  readonly metadata = new Map<string, StoredRecord>();
  otherEventCount = 0;
  readonly otherStreams = new Set<string>();

  constructor(private readonly source: Survey) {}

  /** Takes the next event of the log; says whether it is in a stream of the source. */
  take(record: StoredRecord): boolean {
    const { stream } = record;
    const kind = kindOf(stream);
    if (kind === 'system') return false;
    if (kind === 'metadata') {
      this.metadata.set(describedBy(stream), record);
      return false;
    }
    if (this.source.has(stream)) return true;
    this.otherEventCount++;
    if (this.otherStreams.size < namedMax) this.otherStreams.add(stream);
    return false;
  }
}
