import { serviceKeysTable } from '#auth';
import type { Migration } from '#projection-engine';
import { pushAttemptsTable, pushLeasesTable, pushRetriesColumn } from './propagation/push-attempts.table.js';
import { webhookTables } from './webhooks.table.js';

/**
 * Where the rows are that no event tells, kept when the read model is rebuilt. Of what workers write nothing is lost if it
 * is; service keys have to be made anew.
 */
export const operationsSchema = 'operations';

export const operationsMigrations: readonly Migration[] = [
  pushAttemptsTable,
  pushLeasesTable,
  pushRetriesColumn,
  webhookTables,
  serviceKeysTable,
];
