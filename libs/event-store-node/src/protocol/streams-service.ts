import type {
  sendUnaryData,
  ServerDuplexStream,
  ServerReadableStream,
  ServerUnaryCall,
  ServerWritableStream,
  UntypedServiceImplementation,
} from '@grpc/grpc-js';
import type { EventLog } from '../storage/event-log.js';
import { serveAppend } from './append-call.js';
import { softDelete, tombstone } from './append-handlers.js';
import { serveBatchAppend } from './batch-append-call.js';
import type { AppendMessage, BatchAppendMessage, DeleteMessage, ReadRequest } from './messages.js';
import type { OpenCalls } from './open-calls.js';
import { Outlet } from './outlet.js';
import { read } from './read-handler.js';
import { parseReadRequest } from './read-request.js';
import { LISTENING_ENDS, STOPPING, toRpcError } from './rpc-error.js';
import { subscribe } from './subscribe-handler.js';

export interface StreamsOptions {
  readonly log: EventLog;
  readonly appendBytesMax: number;
  readonly openCalls: OpenCalls;
}

export function streamsService({ log, appendBytesMax, openCalls }: StreamsOptions): UntypedServiceImplementation {
  return {
    Read(call: ServerWritableStream<ReadRequest, Buffer>) {
      const outlet = new Outlet(call);
      const isSubscription = call.request.options?.count_option === 'subscription';
      openCalls.add(call, async () => outlet.fail(isSubscription ? LISTENING_ENDS : STOPPING));
      void serveRead(log, call.request, outlet);
    },
    Append(call: ServerReadableStream<AppendMessage, object>, respond: sendUnaryData<object>) {
      openCalls.add(call, serveAppend(call, respond, log, appendBytesMax));
    },
    BatchAppend(call: ServerDuplexStream<BatchAppendMessage, object>) {
      openCalls.add(call, serveBatchAppend(call, log, appendBytesMax));
    },
    Delete(call: ServerUnaryCall<DeleteMessage, object>, respond: sendUnaryData<object>) {
      void answer(() => softDelete(log, call.request), respond);
    },
    Tombstone(call: ServerUnaryCall<DeleteMessage, object>, respond: sendUnaryData<object>) {
      void answer(() => tombstone(log, call.request), respond);
    },
  };
}

async function serveRead(log: EventLog, request: ReadRequest, outlet: Outlet): Promise<void> {
  try {
    const plan = parseReadRequest(request);
    await (plan.countMax === undefined ? subscribe(log, plan, outlet) : read(log, plan, outlet));
  } catch (error) {
    outlet.fail(error);
  }
}

/** Answers a call of one request and one response. */
export async function answer(handle: () => Promise<object>, respond: sendUnaryData<object>): Promise<void> {
  try {
    respond(null, await handle());
  } catch (error) {
    respond(toRpcError(error));
  }
}
