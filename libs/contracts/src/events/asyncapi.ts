import { eventName, type PublicEventType } from './cloud-event.js';
import { EVENT_DATA_SCHEMAS, PUBLIC_EVENT_TYPES } from './data-schemas.js';
import { publicEventExamples } from './examples.js';
import { publicEventSchema } from './published-schemas.js';

/** Raised with the events: the second number for what was added, the first for a new version of a type. */
const catalogueVersion = '1.0.0';

const description = `Every fact about a license as a CloudEvent 1.0 in JSON: exactly one for each event of the license,
in the order of the log, at least once. \`sequence\` is the place in the license's order, without a gap; \`position\` is
the place in the whole log. Ignore properties and types that you do not know.`.replaceAll('\n', ' ');

/** The catalogue of the public events and of the ways to them: AsyncAPI 3. */
export function asyncApiDocument(): Readonly<Record<string, unknown>> {
  const messages = Object.fromEntries(PUBLIC_EVENT_TYPES.map((type) => [eventName(type), messageOf(type)]));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Seat Ledger events',
      version: catalogueVersion,
      description,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/cloudevents+json',
    channels: {
      stream: channel('/v1/events', 'Server-sent events: the `data` of each is one event, its `id` the position.'),
      history: channel('/v1/events/history', 'The same as pages, from any position, for ever.'),
    },
    operations: {
      stream: operation('stream', 'What was recorded after a position, and what is recorded from now on.'),
      history: operation('history', 'What was recorded after a position.'),
    },
    components: { messages },
  };
}

function messageOf(type: PublicEventType) {
  return {
    name: type,
    title: eventName(type),
    summary: EVENT_DATA_SCHEMAS[type].description,
    payload: publicEventSchema(type),
    examples: [{ name: eventName(type), payload: publicEventExamples().find((event) => event.type === type) }],
  };
}

function channel(address: string, about: string) {
  const references = PUBLIC_EVENT_TYPES.map((type) => {
    return [eventName(type), { $ref: `#/components/messages/${eventName(type)}` }] as const;
  });
  return { address, description: about, messages: Object.fromEntries(references) };
}

function operation(name: string, summary: string) {
  return {
    action: 'send',
    channel: { $ref: `#/channels/${name}` },
    summary,
    messages: PUBLIC_EVENT_TYPES.map((type) => ({ $ref: `#/channels/${name}/messages/${eventName(type)}` })),
  };
}
