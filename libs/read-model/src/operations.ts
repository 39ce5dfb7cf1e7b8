import type { Migration } from '#projection-engine';
import { pushAttemptsTable, pushLeasesTable, pushRetriesColumn } from './propagation/push-attempts.table.js';
import { webhookTables } from './webhooks.table.js';

/** Where the rows are that no event tells: written by workers, kept when the read model is rebuilt, no loss if lost. */
export const operationsSchema = 'operations';

export const operationsMigrations: readonly Migration[] = [
  pushAttemptsTable,
  pushLeasesTable,
  pushRetriesColumn,
  webhookTables,
];
