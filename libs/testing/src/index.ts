export { breakingPool } from './databases/breaking-pool.js';
export { findPostgresBinaries } from './databases/postgres-binaries.js';
export { startPostgres, type TemporaryPostgres } from './databases/start-postgres.js';
export { testDatabases, type TestDatabase, type TestDatabaseKind } from './databases/test-databases.js';
export { TestLog } from './events/test-log.js';
export { histories, play, type History, type Step } from './license/histories.js';
export { aCatalogue, Scenario } from './license/scenario.js';
export { TallyProjection, tallyTable } from './projection/tally.js';
export { ledgerOf } from './read-model/ledger-of.js';
