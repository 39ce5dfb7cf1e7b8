export * from './command-answers.js';
export type { Items, JsonDocument, LicenseCredits, Operations } from './operations.js';
export * from './operations-views.js';
export * from './queries.js';
export * from './requests.js';
export type { OperationSchema, OperationSchemas, Schema } from './operation-schemas.js';
export { operationSchemas } from './operation-schemas.generated.js';
export type * from './service-keys.js';
export type * from './webhooks.js';
