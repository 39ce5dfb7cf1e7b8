import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { EventLog } from '../storage/event-log.js';
import { BatchAppends } from './batch-append.js';
import type { BatchAppendMessage } from './messages.js';
import { STOPPING, toRpcError } from './rpc-error.js';

/** Serves one batch call; returns the way to end it from this side. */
export function serveBatchAppend(
  call: ServerDuplexStream<BatchAppendMessage, object>,
  log: EventLog,
  appendBytesMax: number,
): () => Promise<void> {
  const unanswered = new Set<Promise<void>>();
  const appends = new BatchAppends(log, appendBytesMax, (response) => {
    if (!call.cancelled && !call.writableEnded) call.write(response);
  });
  const fail = (error: unknown) => {
    const { code, details, metadata } = toRpcError(error);
    call.removeAllListeners('data');
    call.emit('error', { code, details, metadata });
  };
  const allAnswered = async () => {
    while (unanswered.size > 0) await Promise.all(unanswered);
  };

  call.on('data', (message: BatchAppendMessage) => {
    const done = appends.take(message).catch(fail);
    unanswered.add(done);
    if (appends.isBusy) call.pause();
    void done.then(() => {
      unanswered.delete(done);
      if (!appends.isBusy && call.isPaused()) call.resume();
    });
  });
  call.on('end', () => void allAnswered().then(() => call.end()));
  return async () => {
    await allAnswered();
    fail(STOPPING);
  };
}
