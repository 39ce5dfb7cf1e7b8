export { findPostgresBinaries } from './databases/postgres-binaries.js';
export { startPostgres, type TemporaryPostgres } from './databases/start-postgres.js';
export { testDatabases, type TestDatabase, type TestDatabaseKind } from './databases/test-databases.js';
export { histories, play, type History, type Step } from './license/histories.js';
export { aCatalogue, Scenario } from './license/scenario.js';
