import { eventName, eventSchemaUri, type PublicEventType } from './cloud-event.js';
import { EVENT_DATA_SCHEMAS, PUBLIC_EVENT_TYPES } from './data-schemas.js';

/** A JSON Schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The schema of an event's data, as a document of its own. */
export function eventDataSchema(type: PublicEventType): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: eventSchemaUri(type),
    title: eventName(type),
    ...EVENT_DATA_SCHEMAS[type],
  };
}

/** The schema of every event's data, by type: what `docs/events/schemas.json` keeps as it was published. */
export function publishedSchemas(): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(PUBLIC_EVENT_TYPES.map((type) => [type, eventDataSchema(type)]));
}

/** The schema of a whole event: the envelope with its data. */
export function publicEventSchema(type: PublicEventType): JsonSchema {
  const text = { type: 'string', minLength: 1 };
  const properties = {
    specversion: { const: '1.0' },
    id: { ...text, description: 'With the source, the same for ever: know repeats by it.' },
    source: { ...text, format: 'uri-reference', description: '/licenses/<licenseId>' },
    type: { const: type },
    subject: { type: 'string', format: 'uuid', description: "The license's id." },
    time: { type: 'string', format: 'date-time', description: 'When it counts.' },
    recordedtime: { type: 'string', format: 'date-time', description: 'When it was written down.' },
    datacontenttype: { const: 'application/json' },
    dataschema: { const: eventSchemaUri(type) },
    sequence: {
      type: 'string',
      pattern: '^[0-9]{10,}$',
      description: "The place in its license's order: 1, 2, … without a gap, with zeros before it.",
    },
    position: { ...text, description: 'The place in the whole log: an opaque word to go on behind.' },
    correlationid: { ...text, description: 'What set this and perhaps other events in motion.' },
    causationid: { ...text, description: 'The command or event that directly caused it.' },
    data: EVENT_DATA_SCHEMAS[type],
  };
  const mayBeMissing = ['correlationid', 'causationid'];
  const required = Object.keys(properties).filter((name) => !mayBeMissing.includes(name));
  return { type: 'object', properties, required };
}
