import { createLogger, Lifecycle, readSettings, StoppingError } from '#platform';
import { help, readOptions } from './options.js';
import { startLedger } from './start-ledger.js';

try {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) console.log(help);
  else await run(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function run(options: NonNullable<ReturnType<typeof readOptions>>): Promise<void> {
  const settings = readSettings(process.env);
  const logger = createLogger(settings);
  const lifecycle = new Lifecycle(logger);
  lifecycle.handleSignals();
  lifecycle.stopWithoutReader();
  process.on('uncaughtException', (error) => lifecycle.fail(error));
  process.on('unhandledRejection', (error) => lifecycle.fail(error));
  try {
    await startLedger({ settings, options, logger, lifecycle });
  } catch (error) {
    if (!(error instanceof StoppingError)) lifecycle.fail(error);
  }
}
