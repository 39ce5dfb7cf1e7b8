import type { sendUnaryData, ServerReadableStream } from '@grpc/grpc-js';
import type { EventLog } from '../storage/event-log.js';
import { append, IncomingAppend } from './append-handlers.js';
import type { AppendMessage } from './messages.js';
import { STOPPING, toRpcError } from './rpc-error.js';

/** Serves one streamed append: all its events, or the first reason against them. Returns the way to end it from this side. */
export function serveAppend(
  call: ServerReadableStream<AppendMessage, object>,
  respond: sendUnaryData<object>,
  log: EventLog,
  appendBytesMax: number,
): () => Promise<void> {
  const incoming = new IncomingAppend(appendBytesMax);
  let answered = false;
  let writing: Promise<void> | undefined;
  const refuse = (error: unknown) => {
    if (!answered) respond(toRpcError(error));
    answered = true;
  };
  const write = async () => {
    try {
      const response = await append(log, incoming.complete());
      if (!answered) respond(null, response);
      answered = true;
    } catch (error) {
      refuse(error);
    }
  };
  call.on('error', () => (answered = true));
  call.on('data', (message: AppendMessage) => {
    if (answered) return;
    try {
      incoming.add(message);
    } catch (error) {
      refuse(error);
    }
  });
  call.on('end', () => {
    if (!answered && !call.cancelled) writing = write();
  });
  return async () => {
    await writing;
    refuse(STOPPING);
  };
}
