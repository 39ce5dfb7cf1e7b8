export { migrations, readModelOver, type Tables } from './database.js';
export { LedgerProjection, ledgerSchema, ledgerVersion } from './ledger/ledger-projection.js';
