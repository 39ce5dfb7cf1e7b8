import { randomUUID } from 'node:crypto';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { ConsumerCall, DropReason } from '../persistent-subscriptions/consumer.js';
import type { GroupKey } from '../persistent-subscriptions/group-definition.js';
import type { PersistentSubscriptions } from '../persistent-subscriptions/persistent-subscriptions.js';
import { groupDoesNotExist, SubscriptionError } from '../persistent-subscriptions/subscription-error.js';
import type { NackAction, SubscriptionGroup } from '../persistent-subscriptions/subscription-group.js';
import type { ConsumeMessage } from './persistent-messages.js';
import { parseGroupKey } from './persistent-settings.js';
import { consumerConfirmation } from './persistent-responses.js';
import { eventFrame } from './read-frames.js';
import { invalidArgument, LISTENING_ENDS } from './rpc-error.js';
import { toSubscriptionRpcError } from './subscription-rpc-error.js';
import { toUuidText } from './values.js';

const SLOTS_MAX = 10_000;
const NACK_ACTIONS: Readonly<Record<string, NackAction>> = { Park: 'park', Retry: 'retry', Skip: 'skip', Stop: 'stop' };

/** Serves one consumer of a group; returns the way to end it from this side. */
export function serveConsumer(
  call: ServerDuplexStream<ConsumeMessage, Buffer>,
  subscriptions: PersistentSubscriptions,
  username: string,
): () => Promise<void> {
  let group: SubscriptionGroup | undefined;
  let consumer: ConsumerCall | undefined;
  let ended = false;

  const leave = () => {
    ended = true;
    if (consumer) group?.disconnect(consumer);
  };
  const fail = (error: unknown) => {
    if (ended) return;
    const { code, details, metadata } = toSubscriptionRpcError(error);
    call.removeAllListeners('data');
    call.emit('error', { code, details, metadata });
  };
  const take = (message: ConsumeMessage) => {
    if (message.options) {
      if (consumer) throw invalidArgument('The call is connected to a group already.');
      consumer = createConsumer(message.options, call, username, fail);
      // Before the first event, which connecting may bring at any turn.
      group = subscriptions.connect(parseGroupKey(message.options), consumer);
      call.write(consumerConfirmation(randomUUID()));
      return;
    }
    if (!group || !consumer) throw invalidArgument('The first message of a consumer names its group.');
    if (message.ack) group.ack(consumer, message.ack.ids.map(toUuidText));
    if (message.nack) {
      const action = NACK_ACTIONS[message.nack.action];
      if (!action) throw invalidArgument('Say what is to be done with the event: park, retry, skip or stop.');
      group.nack(consumer, message.nack.ids.map(toUuidText), action, message.nack.reason);
    }
  };

  call.on('data', (message: ConsumeMessage) => {
    try {
      take(message);
    } catch (error) {
      fail(error);
    }
  });
  call.on('cancelled', leave);
  call.on('error', leave);
  call.on('end', () => {
    leave();
    call.end();
  });
  return async () => fail(LISTENING_ENDS);
}

function createConsumer(
  options: NonNullable<ConsumeMessage['options']>,
  call: ServerDuplexStream<ConsumeMessage, Buffer>,
  username: string,
  fail: (error: unknown) => void,
): ConsumerCall {
  const key = parseGroupKey(options);
  const structuredIds = options.uuid_option?.content === 'structured';
  return {
    slots: Math.min(Math.max(options.buffer_size, 1), SLOTS_MAX),
    username,
    connectionName: String(call.metadata.get('connection-name')[0] ?? ''),
    from: call.getPeer(),
    send({ resolved, retryCount }) {
      call.write(eventFrame({ ...resolved, structuredIds, retryCount }));
    },
    drop(reason) {
      if (reason === 'asked') call.end();
      else fail(dropError(key, reason));
    },
  };
}

function dropError(key: GroupKey, reason: Exclude<DropReason, 'asked'>): Error {
  switch (reason) {
    case 'group-deleted':
      return groupDoesNotExist(key);
    case 'group-changed':
      return new SubscriptionError('dropped', key, `Subscription group ${key.group} was changed. Connect again.`);
    case 'stopping':
      return LISTENING_ENDS;
  }
}
