import { randomUUID } from 'node:crypto';
import type { EventStoreDBClient } from '@eventstore/db-client';
import type { CallOptions, Client, ClientDuplexStream, Metadata } from '@grpc/grpc-js';
import { encodeAppend, uuidText, type AppendAnswerMessage, type AppendRequest } from './append-message.js';
import { BatchAppendClient } from './batch-append.protocol.js';
import { internalsOf } from './client-internals.js';
import { EventStoreBusy, EventStoreRejected } from './errors.js';
import type { Position } from './position.js';

/** What the server said of an append. A conflict is an answer: nothing was written, and this request never will be. */
export type AppendAnswer =
  | { readonly written: true; readonly revision: bigint; readonly position: Position | null }
  | { readonly written: false };

type Call = ClientDuplexStream<object, AppendAnswerMessage>;
type Service = Client & { BatchAppend(metadata: Metadata, options: CallOptions): Call };

interface Waiting {
  readonly timer: NodeJS.Timeout;
  resolve(answer: AppendAnswer): void;
  reject(error: unknown): void;
}

export interface AppendPipeLimits {
  /** How long one append may stay unanswered. The client itself would wait for ever. */
  readonly timeoutMs: number;
  readonly maxInFlight: number;
}

/**
 * The batch-append call over the client's connection, in place of the client's own `appendToStream`.
 *
 * The client's one keeps every append of the process in one table: an error on any call rejects them all, an answer
 * that comes after that throws inside a listener, and a write that waits for drain then rejects with nobody to catch
 * it; the last two end the process. Here each call owns what waits on it, and what befalls it says nothing of others.
 */
export class AppendPipe {
  readonly #calls = new WeakMap<Service, Call>();
  readonly #waiting = new WeakMap<Call, Map<string, Waiting>>();
  readonly #open: () => Promise<Call>;
  #inFlight = 0;

  constructor(
    client: EventStoreDBClient,
    private readonly limits: AppendPipeLimits,
  ) {
    const internals = internalsOf<Service, Call>(client);
    const open = (service: Service): Call => {
      const call = service.BatchAppend(...internals.callArguments({ requiresLeader: true }, { deadline: Infinity }));
      this.#attend(call, () => this.#calls.delete(service));
      return call;
    };
    this.#open = internals.GRPCStreamCreator(BatchAppendClient, 'batchAppend', open, this.#calls);
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /**
   * Any other rejection than these two leaves open whether the events were written.
   * @throws EventStoreBusy when too many appends are under way, EventStoreRejected when the server refused by name
   */
  async append(request: AppendRequest, timeoutMs = this.limits.timeoutMs): Promise<AppendAnswer> {
    if (this.#inFlight >= this.limits.maxInFlight) {
      throw new EventStoreBusy('Too many appends are under way. Try again.');
    }
    this.#inFlight++;
    try {
      return await this.#send(request, timeoutMs);
    } finally {
      this.#inFlight--;
    }
  }

  #send(request: AppendRequest, timeoutMs: number): Promise<AppendAnswer> {
    return new Promise((resolve, reject) => {
      const correlationId = randomUUID();
      let waiting: Map<string, Waiting> | undefined;
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        waiting?.delete(correlationId);
        reject(new Error(`No answer within ${timeoutMs} ms.`));
      }, timeoutMs);
      const fail = (error: unknown): void => {
        clearTimeout(timer);
        reject(error);
      };
      this.#open().then((call) => {
        if (isLate) return;
        waiting = this.#waiting.get(call);
        if (!waiting) return fail(new Error('The append call has ended.'));
        waiting.set(correlationId, { timer, resolve, reject });
        call.write(encodeAppend(correlationId, request, Date.now() + timeoutMs));
      }, fail);
    });
  }

  #attend(call: Call, forget: () => void): void {
    const waiting = new Map<string, Waiting>();
    this.#waiting.set(call, waiting);
    const end = (error: unknown): void => {
      forget();
      this.#waiting.delete(call);
      for (const { timer, reject } of waiting.values()) {
        clearTimeout(timer);
        reject(error);
      }
      waiting.clear();
      call.cancel();
      call.destroy(); // a call that the server ended stays half open, and closing the client would wait for it
    };
    call.on('data', (answer: AppendAnswerMessage) => {
      const correlationId = uuidText(answer.correlationId);
      const one = waiting.get(correlationId);
      if (!one) return; // answered after our own time-out: whoever asked has found out by reading
      waiting.delete(correlationId);
      clearTimeout(one.timer);
      settle(one, answer);
    });
    call.on('error', end);
    call.on('end', () => end(new Error('The server ended the append call.')));
  }
}

const refusals = ['StreamDeleted', 'AccessDenied', 'MaximumAppendSizeExceeded', 'BadRequest', 'InvalidTransaction'];

function settle({ resolve, reject }: Waiting, { error, success }: AppendAnswerMessage): void {
  if (success) {
    const { currentRevision = 0, position } = success;
    return resolve({
      written: true,
      revision: BigInt(currentRevision),
      position: position ? { commit: BigInt(position.commit ?? 0), prepare: BigInt(position.prepare ?? 0) } : null,
    });
  }
  const kind = error?.details?.typeUrl?.split('.').at(-1) ?? 'Unknown';
  if (kind === 'WrongExpectedVersion') return resolve({ written: false });
  const message = `The event store answered an append with ${kind}${error?.message ? `: ${error.message}` : '.'}`;
  reject(refusals.includes(kind) ? new EventStoreRejected(message) : new Error(message));
}
