import { main, setUp } from './lib/set-up.mjs';

const help = `Usage: npm start [-- --roles api,projector,worker]

Installs and builds what is missing, then runs the ledger with everything it needs embedded. Ctrl-C stops it in order,
twice at once. Settings come from the environment:

  PORT=3000  HOST=127.0.0.1       where it listens
  LEDGER_DATA_DIR=.data           where everything embedded keeps its files
  EVENTSTORE_CONNECTION_STRING    an EventStoreDB instead of the embedded node (esdb://…)
  DATABASE_URL                    a PostgreSQL instead of the embedded read model (postgresql://…)
  REDIS_URL                       a Redis instead of the local one (redis://…)
  LEDGER_TEST_CLOCK               an RFC 3339 instant at which time stands still until it is moved
  LOG_LEVEL=info                  fatal, error, warn, info, debug, trace or silent

A second ledger beside it: PORT=3001 LEDGER_DATA_DIR=.data-2 npm start`;

await main(help, async () => {
  await setUp();
  process.setSourceMapsEnabled(true);
  await import('../dist/apps/ledger/src/main.js');
});
