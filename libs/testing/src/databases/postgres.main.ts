import { runAsChild } from '#platform';
import { findPostgresBinaries } from './postgres-binaries.js';
import { startPostgres } from './start-postgres.js';

// A PostgreSQL for a test run, or with --durable for a measurement: lives as long as its parent. Without an installed
// one it says so.
if (findPostgresBinaries() === undefined) {
  process.send?.({ type: 'not-installed' }, undefined, undefined, () => process.disconnect());
} else {
  await runAsChild(async () => {
    const postgres = await startPostgres({ durable: process.argv.includes('--durable') });
    const { connectionString, version } = postgres;
    return { ready: { connectionString, version }, stop: () => postgres.stop() };
  });
}
