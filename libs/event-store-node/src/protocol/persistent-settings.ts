import {
  ALL_SOURCE,
  STRATEGIES,
  type GroupKey,
  type GroupSettings,
  type StrategyName,
} from '../persistent-subscriptions/group-definition.js';
import type { FilterExpression } from '../reading/event-filter.js';
import type { FilterOptions } from './messages.js';
import type { DefineMessage, GroupOptions, SettingsMessage } from './persistent-messages.js';
import { toFilter, toFilterExpression } from './read-request.js';
import { invalidArgument } from './rpc-error.js';
import { toStreamName, toWhole } from './values.js';

const TICKS_PER_MILLISECOND = 10_000;
/** How clients that know no word for the end spell it: the largest unsigned 64-bit number. */
const END_REVISION = '18446744073709551615';

export function parseGroupKey(options: GroupOptions | null): GroupKey {
  if (!options) throw invalidArgument('The request has no options.');
  if (options.group_name === '') throw invalidArgument('The request names no group.');
  const source = options.all ? ALL_SOURCE : toStreamName(options.stream_identifier);
  return { source, group: options.group_name };
}

export function parseDefinition({ options }: DefineMessage): { key: GroupKey; settings: GroupSettings } {
  if (!options?.settings) throw invalidArgument('The request has no settings.');
  const { stream, all, stream_identifier, group_name, settings } = options;
  const key = parseGroupKey({
    all: all ?? null,
    stream_identifier: stream?.stream_identifier ?? stream_identifier,
    group_name,
  });
  const filter = all?.filter ? parseGroupFilter(all.filter) : undefined;
  return { key, settings: { ...parseSettings(settings), startFrom: parseStart(options), ...(filter && { filter }) } };
}

function parseStart({ stream, all, settings }: NonNullable<DefineMessage['options']>): GroupSettings['startFrom'] {
  if (all)
    return all.position
      ? toWhole(all.position.commit_position)
      : (all.all_option ?? 'start') === 'end'
        ? 'end'
        : 'start';
  if (!stream) return settings?.revision === END_REVISION ? 'end' : toWhole(settings?.revision);
  return stream.revision_option === 'revision' ? toWhole(stream.revision) : (stream.revision_option ?? 'start');
}

/** Tries the filter, so that a group is never defined with one that cannot be used. */
function parseGroupFilter(options: FilterOptions): FilterExpression {
  const expression = toFilterExpression(options);
  toFilter(expression);
  return expression;
}

function parseSettings(message: SettingsMessage): Omit<GroupSettings, 'startFrom' | 'filter'> {
  const settings = {
    resolveLinks: message.resolve_links,
    strategy: parseStrategy(message),
    extraStatistics: message.extra_statistics,
    messageTimeoutMs: message.message_timeout_ms ?? toMilliseconds(message.message_timeout_ticks),
    maxRetryCount: message.max_retry_count,
    checkpointAfterMs: message.checkpoint_after_ms ?? toMilliseconds(message.checkpoint_after_ticks),
    minCheckpointCount: message.min_checkpoint_count,
    maxCheckpointCount: message.max_checkpoint_count,
    maxSubscriberCount: message.max_subscriber_count,
    liveBufferSize: message.live_buffer_size,
    readBatchSize: message.read_batch_size,
    historyBufferSize: message.history_buffer_size,
  };
  for (const [name, value] of Object.entries(settings)) {
    if (typeof value === 'number' && value < 0) throw invalidArgument(`${name} may not be negative.`);
  }
  for (const name of ['readBatchSize', 'historyBufferSize', 'maxCheckpointCount'] as const) {
    if (settings[name] === 0) throw invalidArgument(`${name} has to be 1 or more.`);
  }
  return settings;
}

function parseStrategy({ consumer_strategy, named_consumer_strategy }: SettingsMessage): StrategyName {
  const name = consumer_strategy || named_consumer_strategy;
  const known = STRATEGIES.find((strategy) => strategy === name);
  if (!known) throw invalidArgument(`There is no consumer strategy ${name}. Use one of ${STRATEGIES.join(', ')}.`);
  return known;
}

const toMilliseconds = (ticks: string | undefined): number => Math.round(toWhole(ticks) / TICKS_PER_MILLISECOND);
