import type { AppendOutcome, AppendRequest, DeleteRequest, EventLog, ProposedEvent } from '../storage/event-log.js';
import type { AppendMessage, DeleteMessage, StreamTarget } from './messages.js';
import {
  deadlineExceeded,
  invalidArgument,
  maximumAppendSizeExceeded,
  streamDeleted,
  wrongExpectedVersion,
} from './rpc-error.js';
import { positionMessage, sizeOf, toExpectedRevision, toProposedEvent, toStreamName } from './values.js';

/** Gathers the messages of one append, which arrive one event at a time. */
export class IncomingAppend {
  private target: DeleteRequest | undefined;
  private readonly events: ProposedEvent[] = [];
  private sizeBytes = 0;

  constructor(private readonly sizeBytesMax: number) {}

  add(message: AppendMessage): void {
    if (message.options) this.target = toTarget(message.options);
    if (message.proposed_message) {
      const event = toProposedEvent(message.proposed_message);
      this.sizeBytes += sizeOf(event);
      if (this.sizeBytes > this.sizeBytesMax) throw maximumAppendSizeExceeded(this.sizeBytesMax);
      this.events.push(event);
    }
  }

  complete(): AppendRequest {
    if (!this.target) throw invalidArgument('The append names no stream.');
    return { ...this.target, events: this.events };
  }
}

export async function append(log: EventLog, request: AppendRequest): Promise<object> {
  const outcome = await log.append(request);
  return outcome.kind === 'wrong-expected-revision'
    ? { wrong_expected_version: { ...currentOf(outcome.current), ...expectedOf(request.expected) } }
    : { success: success(request, outcome) };
}

export async function softDelete(log: EventLog, { options }: DeleteMessage): Promise<object> {
  const request = toTarget(options);
  return { position: success(request, await log.softDelete(request)).position };
}

export async function tombstone(log: EventLog, { options }: DeleteMessage): Promise<object> {
  const request = toTarget(options);
  return { position: success(request, await log.tombstone(request)).position };
}

interface Success {
  readonly current_revision?: string;
  readonly no_stream?: object;
  readonly position?: object;
  readonly no_position?: object;
}

/** The success that was written, or the error that stands for every other outcome. */
export function success({ stream, expected }: DeleteRequest, outcome: AppendOutcome): Success {
  switch (outcome.kind) {
    case 'written':
      return {
        ...(outcome.revision < 0 ? { no_stream: {} } : { current_revision: String(outcome.revision) }),
        ...(outcome.position === undefined ? { no_position: {} } : { position: positionMessage(outcome.position) }),
      };
    case 'wrong-expected-revision':
      throw wrongExpectedVersion(stream, expected, outcome.current);
    case 'stream-deleted':
      throw streamDeleted(stream);
    case 'deadline-passed':
      throw deadlineExceeded();
  }
}

export function toTarget(options: StreamTarget | null): DeleteRequest {
  if (!options) throw invalidArgument('The request has no options.');
  return { stream: toStreamName(options.stream_identifier), expected: toExpectedRevision(options) };
}

const currentOf = (current: number): object =>
  current < 0 ? { current_no_stream: {} } : { current_revision: String(current) };

const expectedOf = (expected: DeleteRequest['expected']): object =>
  typeof expected === 'number' ? { expected_revision: String(expected) } : { [`expected_${expected}`]: {} };
