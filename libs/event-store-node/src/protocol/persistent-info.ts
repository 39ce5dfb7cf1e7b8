import type { ConsumerLook } from '../persistent-subscriptions/consumer.js';
import { ALL_SOURCE, type GroupSettings } from '../persistent-subscriptions/group-definition.js';
import type { GroupLook } from '../persistent-subscriptions/subscription-group.js';

/** A group as `SubscriptionInfo`. */
export function infoMessage(look: GroupLook): object {
  const { source, group, settings } = look.definition;
  const place = (value: number | undefined) => (value === undefined ? '' : placeText(source, value));
  return {
    event_source: source,
    group_name: group,
    status: 'Live',
    connections: look.consumers.map(connectionMessage),
    average_per_second: look.perSecond,
    total_items: String(look.total),
    count_since_last_measurement: String(look.sinceLastLook),
    last_checkpointed_event_position: place(look.lastCheckpoint),
    last_known_event_position: place(look.lastKnown),
    ...settingsMessage(source, settings),
    read_buffer_count: look.waiting,
    live_buffer_count: '0',
    retry_buffer_count: 0,
    total_in_flight_messages: look.outstanding,
    outstanding_messages_count: look.outstanding,
    parked_message_count: String(look.parked),
  };
}

function settingsMessage(source: string, settings: GroupSettings): object {
  return {
    resolve_link_tos: settings.resolveLinks,
    start_from: startText(source, settings.startFrom),
    message_timeout_milliseconds: settings.messageTimeoutMs,
    extra_statistics: settings.extraStatistics,
    max_retry_count: settings.maxRetryCount,
    live_buffer_size: settings.liveBufferSize,
    buffer_size: settings.historyBufferSize,
    read_batch_size: settings.readBatchSize,
    check_point_after_milliseconds: settings.checkpointAfterMs,
    min_check_point_count: settings.minCheckpointCount,
    max_check_point_count: settings.maxCheckpointCount,
    named_consumer_strategy: settings.strategy,
    max_subscriber_count: settings.maxSubscriberCount,
  };
}

function connectionMessage({ call, ...look }: ConsumerLook): object {
  return {
    from: call.from,
    username: call.username,
    connection_name: call.connectionName,
    average_items_per_second: look.perSecond,
    total_items: String(look.total),
    count_since_last_measurement: String(look.sinceLastLook),
    observed_measurements: look.latencies.map(([key, value]) => ({ key, value: String(value) })),
    available_slots: look.freeSlots,
    in_flight_messages: look.inFlight,
  };
}

function startText(source: string, startFrom: GroupSettings['startFrom']): string {
  if (startFrom === 'start') return placeText(source, 0);
  return placeText(source, startFrom === 'end' ? -1 : startFrom);
}

const placeText = (source: string, place: number): string =>
  source === ALL_SOURCE ? `C:${place}/P:${place}` : String(place);
