import { createFilter, type EventFilter, type FilterExpression } from '../reading/event-filter.js';
import type { Direction } from '../storage/event-log.js';
import type { FilterOptions, ReadRequest } from './messages.js';
import { invalidArgument } from './rpc-error.js';
import { toStreamName, toWhole } from './values.js';

/** What a client asks to read, in the node's own words. */
export interface ReadPlan {
  /** Undefined for the whole log. */
  readonly stream: string | undefined;
  readonly from: ReadStart;
  readonly direction: Direction;
  /** Undefined for a subscription. */
  readonly countMax: number | undefined;
  readonly resolveLinks: boolean;
  readonly structuredIds: boolean;
  readonly filter: FilterPlan | undefined;
}

/** A number is a revision or a position. */
export type ReadStart = 'start' | 'end' | number;

export interface FilterPlan {
  readonly matches: EventFilter;
  /** A checkpoint is due after so many events were looked at. */
  readonly checkpointEvery: number;
}

const WINDOW_UNSET = 32;

export function parseReadRequest({ options }: ReadRequest): ReadPlan {
  if (!options) throw invalidArgument('The request has no options.');
  return {
    ...parseTarget(options),
    direction: options.read_direction === 'Backwards' ? 'backwards' : 'forwards',
    countMax: options.count_option === 'subscription' ? undefined : toWhole(options.count),
    resolveLinks: options.resolve_links,
    structuredIds: options.uuid_option?.content === 'structured',
    filter: options.filter ? parseFilter(options.filter) : undefined,
  };
}

function parseTarget({ stream, all }: NonNullable<ReadRequest['options']>): Pick<ReadPlan, 'stream' | 'from'> {
  if (stream) {
    const from = stream.revision_option === 'revision' ? toWhole(stream.revision) : (stream.revision_option ?? 'start');
    return { stream: toStreamName(stream.stream_identifier), from };
  }
  if (!all) throw invalidArgument('The request names neither a stream nor all of them.');
  const from = all.position ? toWhole(all.position.commit_position) : all.all_option === 'end' ? 'end' : 'start';
  return { stream: undefined, from };
}

export function parseFilter(options: FilterOptions): FilterPlan {
  const window = options.window === 'max' && options.max ? options.max : WINDOW_UNSET;
  return {
    matches: toFilter(toFilterExpression(options)),
    checkpointEvery: window * Math.max(options.checkpointIntervalMultiplier, 1),
  };
}

export function toFilterExpression(options: FilterOptions): FilterExpression {
  const on = options.filter === 'event_type' ? 'type' : 'stream';
  const expression = on === 'type' ? options.event_type : options.stream_identifier;
  if (!expression) throw invalidArgument('The filter has no expression.');
  return { on, prefixes: expression.prefix, regex: expression.regex };
}

export function toFilter(expression: FilterExpression): EventFilter {
  try {
    return createFilter(expression);
  } catch (error) {
    throw invalidArgument(`The filter's regular expression cannot be used: ${String(error)}`);
  }
}
