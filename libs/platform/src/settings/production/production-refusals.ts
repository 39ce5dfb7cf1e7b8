import type { Settings } from '../settings.js';
import { serverRefusals } from './server-refusals.js';

/** Why production does not start with these settings: everything that is wrong at once, each with what to set. */
export function productionRefusals(settings: Settings): string[] {
  const refusals: string[] = [];
  if (settings.testClock !== undefined) {
    refusals.push('LEDGER_TEST_CLOCK must not be set with NODE_ENV=production; unset one of them.');
  }
  if (settings.auth === undefined) {
    refusals.push(
      'AUTH_JWKS_URL, AUTH_ISSUER and AUTH_AUDIENCE must be set with NODE_ENV=production: whoever reads the data ' +
        'folder could sign tokens with a local key.',
    );
  } else if (!isProtected(settings.auth.jwksUrl)) {
    refusals.push(
      'AUTH_JWKS_URL must begin with https:// with NODE_ENV=production: who changes the keys on their way signs tokens.',
    );
  }
  if (settings.secret === undefined) {
    refusals.push(
      'LEDGER_SECRET must be set with NODE_ENV=production, to the same in every process: what ' +
        '`openssl rand -base64 32` prints, or what auth/callbacks.secret in the data folder of a ledger that ran without it holds.',
    );
  }
  return [...refusals, ...serverRefusals(settings)];
}

/** What stays on this machine passes nobody. */
function isProtected(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
