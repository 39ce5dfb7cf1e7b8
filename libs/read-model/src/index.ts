export { migrations, readModelOver, type Tables } from './database.js';
export { LedgerProjection, ledgerSchema, ledgerVersion, projectedPrefixes } from './ledger/ledger-projection.js';
export { ReadModel } from './read-model.js';
export { ReadModelModule } from './read-model.module.js';
export { operationsMigrations, operationsSchema } from './operations.js';
export type { PushAttemptsTable } from './propagation/push-attempts.table.js';
