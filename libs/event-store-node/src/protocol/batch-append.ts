import type { AppendRequest, EventLog, ProposedEvent } from '../storage/event-log.js';
import { success, toTarget } from './append-handlers.js';
import { packAny } from './definitions.js';
import type { BatchAppendMessage, BatchAppendOptions, StreamTarget } from './messages.js';
import { invalidArgument, maximumAppendSizeExceeded, toRpcError } from './rpc-error.js';
import { sizeOf, toProposedEvent, toUuidText } from './values.js';

/** One append of a batch stream while its parts arrive. */
interface Assembly {
  readonly correlation: BatchAppendMessage['correlation_id'];
  readonly target: StreamTarget | null;
  readonly request: Omit<AppendRequest, 'events'>;
  readonly events: ProposedEvent[];
  sizeBytes: number;
}

/** Bounds of one call: appends of which only a part has arrived, and appends that wait for the disk. */
const INCOMPLETE_MAX = 256;
const UNANSWERED_MAX = 4_096;
const UNANSWERED_BYTES_MAX = 32 * 1024 * 1024;

/**
 * The appends of one batch call. Each is known by its correlation id and answered exactly once: what was refused before
 * it was complete is remembered until its last part, which is then dropped.
 */
export class BatchAppends {
  private readonly assemblies = new Map<string, Assembly | 'refused'>();
  private unanswered = 0;
  private unansweredBytes = 0;

  constructor(
    private readonly log: EventLog,
    private readonly appendBytesMax: number,
    private readonly answer: (response: object) => void,
  ) {}

  /** Whether the call should not be read further before some answers were given. */
  get isBusy(): boolean {
    return this.unanswered >= UNANSWERED_MAX || this.unansweredBytes >= UNANSWERED_BYTES_MAX;
  }

  /** Takes the next part; resolves when the append that it completes, if any, is answered. */
  async take(message: BatchAppendMessage): Promise<void> {
    const id = toUuidText(message.correlation_id);
    const assembly = this.gather(id, message);
    if (message.is_final) this.assemblies.delete(id);
    if (!assembly || !message.is_final) return;
    this.unanswered += 1;
    this.unansweredBytes += assembly.sizeBytes;
    try {
      const outcome = await this.log.append({ ...assembly.request, events: assembly.events });
      if (outcome.kind === 'wrong-expected-revision') this.refuseRevision(assembly, outcome.current);
      else this.respond(assembly, { success: success(assembly.request, outcome) });
    } catch (error) {
      this.refuse(assembly, error);
    } finally {
      this.unanswered -= 1;
      this.unansweredBytes -= assembly.sizeBytes;
    }
  }

  private gather(id: string, message: BatchAppendMessage): Assembly | undefined {
    const known = this.assemblies.get(id);
    if (known === 'refused') return undefined;
    const assembly = known ?? begin(message);
    if ('refusal' in assembly) {
      if (!message.is_final) this.assemblies.set(id, 'refused');
      this.refuse(assembly, assembly.refusal);
      return undefined;
    }
    try {
      if (!known) this.admit(id, assembly);
      for (const proposed of message.proposed_messages) this.grow(assembly, toProposedEvent(proposed));
      return assembly;
    } catch (error) {
      this.assemblies.set(id, 'refused');
      this.refuse(assembly, error);
      return undefined;
    }
  }

  private admit(id: string, assembly: Assembly): void {
    if (this.assemblies.size >= INCOMPLETE_MAX) {
      throw invalidArgument(`Complete some of the ${INCOMPLETE_MAX} appends that this call has begun.`);
    }
    this.assemblies.set(id, assembly);
  }

  private grow(assembly: Assembly, event: ProposedEvent): void {
    assembly.sizeBytes += sizeOf(event);
    if (assembly.sizeBytes > this.appendBytesMax) throw maximumAppendSizeExceeded(this.appendBytesMax);
    assembly.events.push(event);
  }

  private refuseRevision(assembly: Assembly, current: number): void {
    const { expected } = assembly.request;
    const details = packAny('event_store.client.WrongExpectedVersion', {
      ...(current < 0 ? { current_no_stream: {} } : { current_stream_revision: String(current) }),
      ...(typeof expected === 'number'
        ? { expected_stream_position: String(expected) }
        : { [`expected_${expected}`]: {} }),
    });
    this.respond(assembly, { error: { code: 9, message: 'The stream is not at the expected revision.', details } });
  }

  private refuse(to: Pick<Assembly, 'correlation' | 'target'>, error: unknown): void {
    const { code, details, metadata } = toRpcError(error);
    const reason = String(metadata.get('exception')[0] ?? '');
    this.respond(to, { error: { code, message: details, details: this.explain(reason, code, details, to.target) } });
  }

  private explain(reason: string, code: number, message: string, target: StreamTarget | null): object {
    if (reason === 'stream-deleted') {
      return packAny('event_store.client.StreamDeleted', { stream_identifier: target?.stream_identifier ?? null });
    }
    if (reason === 'maximum-append-size-exceeded') {
      return packAny('event_store.client.MaximumAppendSizeExceeded', { maxAppendSize: this.appendBytesMax });
    }
    if (reason === 'access-denied') return packAny('event_store.client.AccessDenied', {});
    if (code === 4) return packAny('event_store.client.Timeout', {});
    return code === 3
      ? packAny('event_store.client.BadRequest', { message })
      : packAny('event_store.client.Unknown', {});
  }

  private respond({ correlation, target }: Pick<Assembly, 'correlation' | 'target'>, result: object): void {
    this.answer({
      correlation_id: correlation,
      stream_identifier: target?.stream_identifier ?? { stream_name: Buffer.alloc(0) },
      ...expectationOf(target),
      ...result,
    });
  }
}

type Refusal = Pick<Assembly, 'correlation' | 'target'> & { readonly refusal: unknown };

function begin({ correlation_id: correlation, options: target }: BatchAppendMessage): Assembly | Refusal {
  try {
    const request = { ...toTarget(target), ...deadlineOf(target) };
    return { correlation, target, request, events: [], sizeBytes: 0 };
  } catch (refusal) {
    return { correlation, target, refusal };
  }
}

/** The expectation is repeated in the answer as it was sent. */
function expectationOf(target: StreamTarget | null): object {
  const name = target?.expected_stream_revision;
  if (!name) return {};
  return name === 'revision' ? { revision: target.revision } : { [name]: {} };
}

function deadlineOf(options: BatchAppendOptions | null): { deadlineMs?: number } {
  const deadline = options?.deadline_at ?? options?.deadline_in;
  if (!options || !deadline) return {};
  const seconds = Number(deadline.seconds);
  if (!Number.isSafeInteger(seconds) || seconds < 0 || deadline.nanos < 0 || deadline.nanos >= 1e9) {
    throw invalidArgument('The deadline of the append is invalid.');
  }
  const milliseconds = seconds * 1000 + deadline.nanos / 1e6;
  return { deadlineMs: options.deadline_at ? milliseconds : Date.now() + milliseconds };
}
