/** Who caused an event: a person, a service, or time itself. */
export interface Actor {
  readonly id: string;
  readonly role: string;
}

/** The actor of events that fell due by the passing of time. */
export const time: Actor = { id: 'time', role: 'system' };

/** What travels with every event. */
export interface EventMetadata {
  /** The command that the event belongs to. For a rolled event an id of its own, see `rolled`. */
  readonly commandId: string;
  /** Hash of the command's body: tells a repeat from a reused key. Empty on a rolled event. */
  readonly requestHash: string;
  readonly schemaVersion: number;
  readonly actor: Actor;
  /** The program through which the actor came, where that is known. */
  readonly client?: string;
  /** One id for everything that one request from outside set in motion. */
  readonly correlationId: string;
  /** The command or event that directly caused this one. */
  readonly causationId: string;
  /** True when time had made the event due and a command only noticed it. */
  readonly rolled: boolean;
}

/** On the wire the correlation ids carry the store's own names, so that its tools follow them. */
export function encodeMetadata(metadata: EventMetadata): string {
  const { correlationId, causationId, rolled, ...rest } = metadata;
  return JSON.stringify({
    ...rest,
    $correlationId: correlationId,
    $causationId: causationId,
    ...(rolled && { rolled }),
  });
}

/** Reads metadata leniently: an event that another tool wrote has none of ours, and must not stop a reader. */
export function decodeMetadata(wire: unknown): EventMetadata {
  const field = wire !== null && typeof wire === 'object' ? (wire as Record<string, unknown>) : {};
  const text = (name: string): string => (typeof field[name] === 'string' ? field[name] : '');
  const actor = field['actor'] as Partial<Actor> | undefined;
  return {
    commandId: text('commandId'),
    requestHash: text('requestHash'),
    schemaVersion: typeof field['schemaVersion'] === 'number' ? field['schemaVersion'] : 1,
    actor: { id: actor?.id ?? '', role: actor?.role ?? '' },
    ...(typeof field['client'] === 'string' && { client: field['client'] }),
    correlationId: text('$correlationId'),
    causationId: text('$causationId'),
    rolled: field['rolled'] === true,
  };
}
