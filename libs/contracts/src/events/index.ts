export { asyncApiDocument } from './asyncapi.js';
export * from './cloud-event.js';
export { breakingChanges } from './compatibility.js';
export * from './data.js';
export { EVENT_DATA_SCHEMAS, isPublicEventType, PUBLIC_EVENT_TYPES } from './data-schemas.js';
export type { EventPage } from './event-page.js';
export { publicEventExamples } from './examples.js';
export { eventDataSchema, publicEventSchema, publishedSchemas, type JsonSchema } from './published-schemas.js';
