import { Metadata, status } from '@grpc/grpc-js';
import { StorageUnavailableError, type ExpectedRevision } from '../storage/event-log.js';

/** An answer other than success: its status, and what a client reads from the trailers. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly metadata = new Metadata();

  constructor(
    readonly code: status,
    readonly details: string,
    trailers: Readonly<Record<string, string | number>> = {},
  ) {
    super(details);
    // Trailers are ASCII; names of streams are not.
    for (const [name, value] of Object.entries(trailers)) this.metadata.set(name, encodeTrailer(String(value)));
  }
}

const encodeTrailer = (value: string): string =>
  value.replaceAll(/[^\x20-\x24\x26-\x7e]/gu, (character) => encodeURIComponent(character));

/** What a handler threw, as the status that it is answered with. */
export function toRpcError(error: unknown): RpcError {
  if (error instanceof RpcError) return error;
  if (error instanceof StorageUnavailableError) return new RpcError(status.UNAVAILABLE, error.message);
  return new RpcError(status.INTERNAL, error instanceof Error ? error.message : String(error));
}

export const invalidArgument = (details: string): RpcError => new RpcError(status.INVALID_ARGUMENT, details);

export const streamDeleted = (stream: string): RpcError =>
  new RpcError(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  });

export const maximumAppendSizeExceeded = (maximumBytes: number): RpcError =>
  new RpcError(status.INVALID_ARGUMENT, `An append may hold ${maximumBytes} bytes. Split it.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': maximumBytes,
  });

const EXPECTED_AS_NUMBER = { no_stream: -1, any: -2, stream_exists: -4 } as const;

export function wrongExpectedVersion(stream: string, expected: ExpectedRevision, current: number): RpcError {
  const number = typeof expected === 'number' ? expected : EXPECTED_AS_NUMBER[expected];
  return new RpcError(
    status.FAILED_PRECONDITION,
    `Append failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${number}, Actual version: ${current}`,
    {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': number,
      ...(current >= 0 && { 'actual-version': current }),
    },
  );
}

export const deadlineExceeded = (): RpcError =>
  new RpcError(status.DEADLINE_EXCEEDED, 'The deadline passed before the append was written; nothing was written.');

/** To whom may try again elsewhere, or later. */
export const STOPPING = new RpcError(status.UNAVAILABLE, 'The event store is stopping.');

/** To those who only listen: nothing of theirs has failed. */
export const LISTENING_ENDS = new RpcError(status.CANCELLED, 'The event store is stopping.');
