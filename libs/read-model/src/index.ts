export { billingRunStreamPrefix, webhookStreamPrefix } from './audit/audited-streams.js';
export { migrations, readModelOver, type Tables } from './database.js';
export { LedgerProjection, ledgerSchema, ledgerVersion, projectedPrefixes } from './ledger/ledger-projection.js';
export { ReadModel } from './read-model.js';
export { ReadModelModule } from './read-model.module.js';
export type { SchemaDifference } from './upkeep/compare-schemas.js';
export { rebuildLedger, type Rebuilt, type RebuildOptions, type RebuildProgress } from './upkeep/rebuild.js';
export { rebuildSchema } from './upkeep/schemas.js';
export { releaseParked, type Released } from './upkeep/release-parked.js';
export {
  parkedLicenses,
  readModelStatus,
  waitingMax,
  type ParkedLicense,
  type SchemaStatus,
  type Waiting,
} from './upkeep/status.js';
export { operationsMigrations, operationsSchema } from './operations.js';
export type { PushAttemptsTable } from './propagation/push-attempts.table.js';
