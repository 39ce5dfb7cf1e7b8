import type { sendUnaryData, ServerDuplexStream, ServerUnaryCall, UntypedServiceImplementation } from '@grpc/grpc-js';
import { ALL_SOURCE } from '../persistent-subscriptions/group-definition.js';
import type { PersistentSubscriptions } from '../persistent-subscriptions/persistent-subscriptions.js';
import { groupDoesNotExist } from '../persistent-subscriptions/subscription-error.js';
import { serveConsumer } from './consume-call.js';
import type { OpenCalls } from './open-calls.js';
import { infoMessage } from './persistent-info.js';
import type { ConsumeMessage, DefineMessage, GroupMessage, ListMessage, ReplayMessage } from './persistent-messages.js';
import { parseDefinition, parseGroupKey } from './persistent-settings.js';
import { toSubscriptionRpcError } from './subscription-rpc-error.js';
import { toStreamName, toWhole } from './values.js';

export interface PersistentServiceOptions {
  readonly subscriptions: PersistentSubscriptions;
  readonly openCalls: OpenCalls;
  readonly usernameOf: (call: { readonly metadata: ServerUnaryCall<unknown, unknown>['metadata'] }) => string;
}

export function persistentService(options: PersistentServiceOptions): UntypedServiceImplementation {
  const { subscriptions, openCalls, usernameOf } = options;
  return {
    Create: unary(async (request: DefineMessage) => {
      const { key, settings } = parseDefinition(request);
      await subscriptions.create(key, settings);
      return {};
    }),
    Update: unary(async (request: DefineMessage) => {
      const { key, settings } = parseDefinition(request);
      await subscriptions.update(key, settings);
      return {};
    }),
    Delete: unary(async ({ options: named }: GroupMessage) => {
      await subscriptions.delete(parseGroupKey(named));
      return {};
    }),
    Read(call: ServerDuplexStream<ConsumeMessage, Buffer>) {
      openCalls.add(call, serveConsumer(call, subscriptions, usernameOf(call)));
    },
    GetInfo: unary(({ options: named }: GroupMessage) => ({
      subscription_info: infoMessage(subscriptions.look(parseGroupKey(named))),
    })),
    ReplayParked: unary(({ options: named }: ReplayMessage) => {
      const stopAt = named?.stop_at_option === 'stop_at' ? toWhole(named.stop_at) : undefined;
      subscriptions.replayParked(parseGroupKey(named), stopAt);
      return {};
    }),
    List: unary(({ options: wanted }: ListMessage) => ({ subscriptions: list(subscriptions, wanted) })),
    RestartSubsystem: unary(async () => {
      await subscriptions.restart();
      return {};
    }),
  };
}

function list(subscriptions: PersistentSubscriptions, wanted: ListMessage['options']): object[] {
  const named = wanted?.list_for_stream;
  if (!named) return subscriptions.list().map(infoMessage);
  const source = named.all ? ALL_SOURCE : toStreamName(named.stream);
  const found = subscriptions.list(source);
  if (found.length === 0) throw groupDoesNotExist({ source, group: '' });
  return found.map(infoMessage);
}

function unary<Request>(handle: (request: Request) => object | Promise<object>) {
  return (call: ServerUnaryCall<Request, object>, respond: sendUnaryData<object>): void => {
    void (async () => handle(call.request))().then(
      (response) => respond(null, response),
      (error: unknown) => respond(toSubscriptionRpcError(error)),
    );
  };
}
