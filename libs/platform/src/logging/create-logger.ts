import { pino, type DestinationStream, type Logger } from 'pino';
import type { Settings } from '../settings/settings.js';
import { formatForTerminal } from './format-for-terminal.js';

const secrets = ['authorization', 'cookie', 'password', 'token', 'secret', 'apiKey'];

/** JSON lines for machines; one readable line per record where a person watches a terminal. Secrets are left out. */
export function createLogger(
  settings: Pick<Settings, 'logLevel' | 'production'>,
  output: NodeJS.WriteStream = process.stdout,
): Logger {
  const options = {
    level: settings.logLevel,
    redact: {
      paths: secrets.flatMap((name) => [name, `*.${name}`, `req.headers.${name}`]),
      censor: '(hidden)',
    },
  };
  if (settings.production || !output.isTTY)
    return pino({ ...options, timestamp: pino.stdTimeFunctions.isoTime }, output);
  const terminal: DestinationStream = { write: (line) => void output.write(formatForTerminal(line)) };
  return pino({ ...options, timestamp: pino.stdTimeFunctions.isoTime, base: null }, terminal);
}
