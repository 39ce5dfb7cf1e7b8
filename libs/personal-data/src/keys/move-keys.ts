import { FileKeyStore } from './file-key-store.js';
import type { KeyStore } from './key-store.js';

/**
 * Moves the keys of a data folder into another store, as when a ledger that was embedded is given a database. Taken out
 * of the folder once they are there, so that destroying one destroys it. Stopped half-way, it is done again.
 *
 * @returns of how many licenses
 */
export async function moveKeys(dataDir: string, target: KeyStore): Promise<number> {
  const licenses = await FileKeyStore.licensesIn(dataDir);
  if (licenses.length === 0) return 0;
  const source = await FileKeyStore.open(dataDir);
  for (const licenseId of licenses) {
    for (const [number, wrapped] of Object.entries(await source.keysOf(licenseId))) {
      const name = { licenseId, key: Number(number) };
      if (wrapped === null) await target.destroy(name);
      else await target.keep(name, wrapped);
    }
    await source.forget(licenseId);
  }
  return licenses.length;
}
