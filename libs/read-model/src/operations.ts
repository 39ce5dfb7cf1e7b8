import { serviceKeysTable } from '#auth';
import { personalDataKeysTable } from '#personal-data';
import type { Migration } from '#projection-engine';
import { pushAttemptsTable, pushLeasesTable, pushRetriesColumn } from './propagation/push-attempts.table.js';
import { webhookTables } from './webhooks.table.js';

/**
 * Where the rows are that no event tells, kept when the read model is rebuilt. Of what workers write nothing is lost if it
 * is. Service keys would have to be made anew; without the keys of personal data nobody can tell who the staff are.
 */
export const operationsSchema = 'operations';

export const operationsMigrations: readonly Migration[] = [
  pushAttemptsTable,
  pushLeasesTable,
  pushRetriesColumn,
  webhookTables,
  serviceKeysTable,
  personalDataKeysTable,
];
