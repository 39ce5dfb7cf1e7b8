/** The shapes in which messages arrive: 64-bit numbers as text, a field that is not set as null, `oneof`s by name. */

export interface UuidMessage {
  readonly value?: 'structured' | 'string';
  readonly structured?: { readonly most_significant_bits: string; readonly least_significant_bits: string } | null;
  readonly string?: string;
}

export interface StreamIdentifier {
  readonly stream_name: Buffer;
}

export interface PositionMessage {
  readonly commit_position: string;
  readonly prepare_position: string;
}

export interface ExpectedRevisionMessage {
  readonly expected_stream_revision?: 'revision' | 'no_stream' | 'any' | 'stream_exists';
  readonly revision?: string;
}

export interface StreamOptions {
  readonly stream_identifier: StreamIdentifier | null;
  readonly revision_option?: 'revision' | 'start' | 'end';
  readonly revision?: string;
}

export interface AllOptions {
  readonly all_option?: 'position' | 'start' | 'end';
  readonly position?: PositionMessage | null;
}

export interface FilterExpressionMessage {
  readonly regex: string;
  readonly prefix: readonly string[];
}

export interface FilterOptions {
  readonly filter?: 'stream_identifier' | 'event_type';
  readonly stream_identifier?: FilterExpressionMessage | null;
  readonly event_type?: FilterExpressionMessage | null;
  readonly window?: 'max' | 'count';
  readonly max?: number;
  readonly checkpointIntervalMultiplier: number;
}

export interface ReadRequest {
  readonly options: {
    readonly stream_option?: 'stream' | 'all';
    readonly stream?: StreamOptions | null;
    readonly all?: AllOptions | null;
    readonly read_direction: 'Forwards' | 'Backwards';
    readonly resolve_links: boolean;
    readonly count_option?: 'count' | 'subscription';
    readonly count?: string;
    readonly filter_option?: 'filter' | 'no_filter';
    readonly filter?: FilterOptions | null;
    readonly uuid_option: { readonly content?: 'structured' | 'string' } | null;
  } | null;
}

export interface ProposedMessage {
  readonly id: UuidMessage | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly custom_metadata: Buffer;
  readonly data: Buffer;
}

export interface StreamTarget extends ExpectedRevisionMessage {
  readonly stream_identifier: StreamIdentifier | null;
}

export interface AppendMessage {
  readonly content?: 'options' | 'proposed_message';
  readonly options?: StreamTarget | null;
  readonly proposed_message?: ProposedMessage | null;
}

export interface BatchAppendOptions extends StreamTarget {
  readonly deadline_option?: 'deadline_at' | 'deadline_in';
  readonly deadline_at?: { readonly seconds: string; readonly nanos: number } | null;
  readonly deadline_in?: { readonly seconds: string; readonly nanos: number } | null;
}

export interface BatchAppendMessage {
  readonly correlation_id: UuidMessage | null;
  readonly options: BatchAppendOptions | null;
  readonly proposed_messages: readonly ProposedMessage[];
  readonly is_final: boolean;
}

export interface DeleteMessage {
  readonly options: StreamTarget | null;
}
