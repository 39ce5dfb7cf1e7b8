/** An event ready to be written: its bodies are JSON text already, so that nothing is stringified twice. */
export interface ProposedEvent {
  readonly id: string;
  readonly type: string;
  readonly json: string;
  readonly metadataJson: string;
}

/** An event of any content, as bytes: what a copy writes. */
export interface ProposedBytes {
  readonly id: string;
  readonly type: string;
  readonly isJson: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** The revision that the stream must have; -1 when it must not exist. There is no "any": repeats would double. */
export type ExpectedRevision = bigint;

/** Events to be written together or not at all. */
export interface AppendRequest {
  readonly stream: string;
  readonly expectedRevision: ExpectedRevision;
  readonly events: readonly (ProposedEvent | ProposedBytes)[];
}

/** The server's answer, as it comes off the wire. */
export interface AppendAnswerMessage {
  readonly correlationId?: UuidMessage;
  readonly error?: { readonly message?: string; readonly details?: { readonly typeUrl?: string } };
  readonly success?: {
    readonly currentRevision?: string;
    readonly position?: { readonly commit?: string; readonly prepare?: string };
  };
}

export interface UuidMessage {
  readonly string?: string;
  readonly structured?: { readonly mostSignificantBits?: string; readonly leastSignificantBits?: string };
}

/** The message of one append, in one piece. */
export function encodeAppend(
  correlationId: string,
  { stream, expectedRevision, events }: AppendRequest,
  deadlineMs: number,
): object {
  return {
    correlationId: { string: correlationId },
    options: {
      streamIdentifier: { streamName: Buffer.from(stream) },
      deadline: { seconds: Math.floor(deadlineMs / 1000), nanos: Math.floor(deadlineMs % 1000) * 1e6 },
      ...(expectedRevision < 0n ? { noStream: {} } : { streamPosition: expectedRevision.toString() }),
    },
    proposedMessages: events.map(encodeEvent),
    isFinal: true,
  };
}

function encodeEvent(event: ProposedEvent | ProposedBytes): object {
  const { id, type } = event;
  const { isJson, data, metadata } =
    'json' in event
      ? { isJson: true, data: Buffer.from(event.json), metadata: Buffer.from(event.metadataJson) }
      : event;
  return {
    id: { string: id },
    metadata: { type, 'content-type': isJson ? 'application/json' : 'application/octet-stream' },
    customMetadata: metadata,
    data,
  };
}

/** A UUID in the usual text form, whichever of its two wire forms the server chose. */
export function uuidText({ string, structured }: UuidMessage = {}): string {
  if (!structured) return string?.toLowerCase() ?? '';
  const hex = [structured.mostSignificantBits, structured.leastSignificantBits]
    .map((bits) =>
      BigInt.asUintN(64, BigInt(bits ?? 0))
        .toString(16)
        .padStart(16, '0'),
    )
    .join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
