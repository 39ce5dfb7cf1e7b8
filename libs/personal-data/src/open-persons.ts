import type pg from 'pg';
import { openSecret } from '#auth';
import type { Settings } from '#platform';
import { FileKeyStore } from './keys/file-key-store.js';
import { MasterKeys } from './keys/master-keys.js';
import { moveKeys } from './keys/move-keys.js';
import { SqlKeyStore } from './keys/sql-key-store.js';
import { Persons } from './persons.js';

export interface KeyPlace {
  /** Where the table of keys is, when there is a database to keep them in. */
  readonly pool: pg.Pool;
  readonly schema: string;
}

/**
 * Opens the keys where the settings put them: in the database that they name, else in files of the data folder. The
 * master key is theirs too; outside production one is made in the data folder.
 */
export async function openPersons(
  { dataDir, databaseUrl, personalDataKeys }: Pick<Settings, 'dataDir' | 'databaseUrl' | 'personalDataKeys'>,
  { pool, schema }: KeyPlace,
): Promise<Persons> {
  const masters = new MasterKeys(personalDataKeys ?? [await openSecret(dataDir, 'personal-data')]);
  if (databaseUrl === undefined) return new Persons(await FileKeyStore.open(dataDir), masters);
  const store = new SqlKeyStore(pool, schema);
  await moveKeys(dataDir, store);
  return new Persons(store, masters);
}
