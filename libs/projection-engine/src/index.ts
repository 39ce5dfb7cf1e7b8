export { CheckpointMoved, CheckpointStore, type Checkpoint } from './checkpoint.js';
export { BatchWriter, type Prepared, type Written } from './batch-writer.js';
export { ParkingStore, type ParkedStream } from './parking.js';
export { Progress } from './progress.js';
export type { Fold, FoldFailure, Projection } from './projection.js';
export {
  Projector,
  type EventSource,
  type ProjectorLog,
  type ProjectorOptions,
  type ProjectorStatus,
} from './projector.js';
export {
  bulkDelete,
  bulkInsert,
  bulkInsertFrom,
  bulkInsertThen,
  bulkPatch,
  bulkUpdateThen,
  bulkUpsert,
  type BulkWrite,
} from './sql/bulk.js';
export type { Columns, ColumnType, RowOf } from './sql/columns.js';
export { isDataError, UnwritableValue } from './sql/data-error.js';
export { migrate, type Migration } from './sql/migrate.js';
export { isDatabaseOutage } from './sql/outage.js';
export { openPool, valueTypes, type PoolOptions, type Queryable } from './sql/pool.js';
export { nestedPool } from './sql/nested-pool.js';
export { inTransaction } from './sql/transaction.js';
export { projectorTables } from './tables.js';
