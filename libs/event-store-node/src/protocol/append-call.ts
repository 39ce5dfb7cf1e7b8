import type { sendUnaryData, ServerReadableStream } from '@grpc/grpc-js';
import type { EventLog } from '../storage/event-log.js';
import { append, IncomingAppend } from './append-handlers.js';
import type { AppendMessage } from './messages.js';
import { toRpcError } from './rpc-error.js';

/** Serves one streamed append: all its events, or the first reason against them. */
export function serveAppend(
  call: ServerReadableStream<AppendMessage, object>,
  respond: sendUnaryData<object>,
  log: EventLog,
  appendBytesMax: number,
): void {
  const incoming = new IncomingAppend(appendBytesMax);
  let answered = false;
  const refuse = (error: unknown) => {
    if (!answered) respond(toRpcError(error));
    answered = true;
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
    if (answered || call.cancelled) return;
    void (async () => respond(null, await append(log, incoming.complete())))().catch(refuse);
  });
}
