import type { IncomingMessage } from 'node:http';

const bytesMax = 32 * 1024 * 1024;
const waitMs = 5_000;

/**
 * Takes in and throws away what a refused request is still sending, up to a bound: a client whose connection is closed
 * while it writes never sees the answer.
 */
export function drain(request: IncomingMessage): Promise<void> {
  // `complete` is the socket's word; a request without one (`inject`) has only that of the stream.
  if (request.complete || request.readableEnded || request.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let bytes = 0;
    const finish = (): void => {
      clearTimeout(timer);
      request.off('data', onData).off('end', finish).off('close', finish).off('error', finish);
      resolve();
    };
    const onData = (chunk: Buffer | string): void => {
      bytes += chunk.length;
      if (bytes > bytesMax) finish();
    };
    const timer = setTimeout(finish, waitMs);
    request.on('data', onData).on('end', finish).on('close', finish).on('error', finish);
  });
}
