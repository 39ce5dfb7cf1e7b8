import type { AllOptions, FilterOptions, StreamIdentifier, StreamOptions, UuidMessage } from './messages.js';

export interface SettingsMessage {
  readonly resolve_links: boolean;
  readonly revision: string;
  readonly extra_statistics: boolean;
  readonly max_retry_count: number;
  readonly min_checkpoint_count: number;
  readonly max_checkpoint_count: number;
  readonly max_subscriber_count: number;
  readonly live_buffer_size: number;
  readonly read_batch_size: number;
  readonly history_buffer_size: number;
  readonly named_consumer_strategy: string;
  readonly consumer_strategy: string;
  readonly message_timeout?: 'message_timeout_ticks' | 'message_timeout_ms';
  readonly message_timeout_ticks?: string;
  readonly message_timeout_ms?: number;
  readonly checkpoint_after?: 'checkpoint_after_ticks' | 'checkpoint_after_ms';
  readonly checkpoint_after_ticks?: string;
  readonly checkpoint_after_ms?: number;
}

export interface DefineMessage {
  readonly options: {
    readonly stream?: StreamOptions | null;
    readonly all?: (AllOptions & { readonly filter?: FilterOptions | null }) | null;
    readonly stream_identifier: StreamIdentifier | null;
    readonly group_name: string;
    readonly settings: SettingsMessage | null;
  } | null;
}

/** A request that names a group and nothing else. */
export interface GroupOptions {
  readonly stream_identifier?: StreamIdentifier | null;
  readonly all?: object | null;
  readonly group_name: string;
}

export interface GroupMessage {
  readonly options: GroupOptions | null;
}

export interface ReplayMessage {
  readonly options:
    (GroupOptions & { readonly stop_at_option?: 'stop_at' | 'no_limit'; readonly stop_at?: string }) | null;
}

export interface ListMessage {
  readonly options: {
    readonly list_for_stream?: { readonly stream?: StreamIdentifier | null; readonly all?: object | null } | null;
  } | null;
}

export interface ConsumeMessage {
  readonly content?: 'options' | 'ack' | 'nack';
  readonly options?:
    | (GroupOptions & {
        readonly buffer_size: number;
        readonly uuid_option: { readonly content?: 'structured' | 'string' } | null;
      })
    | null;
  readonly ack?: { readonly ids: readonly UuidMessage[] } | null;
  readonly nack?: {
    readonly ids: readonly UuidMessage[];
    readonly action: 'Unknown' | 'Park' | 'Retry' | 'Skip' | 'Stop';
    readonly reason: string;
  } | null;
}
