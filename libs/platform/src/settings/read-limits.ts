import { isNetwork } from '#outbound';
import type { LimitSettings } from './settings.js';

/** Trials send from one address with one token what in production comes from many. */
const trialFactor = 10;
const production = { ratePerToken: 60_000, ratePerAddress: 120_000 };

/** Wide enough for whoever behaves; production's are known to it alone. */
export function readLimits(
  text: (name: string) => string | undefined,
  isProduction: boolean,
  problems: string[],
): LimitSettings {
  const integer = (name: string, fallback: number, min: number, max: number): number => {
    const value = text(name) ?? String(fallback);
    const number = /^\d{1,10}$/.test(value) ? Number(value) : NaN;
    if (number >= min && number <= max) return number;
    problems.push(`${name} is "${value}"; set a whole number from ${min} to ${max}.`);
    return fallback;
  };
  const factor = isProduction ? 1 : trialFactor;
  return {
    ratePerToken: integer('LEDGER_RATE_PER_TOKEN', production.ratePerToken * factor, 0, 1_000_000_000),
    ratePerAddress: integer('LEDGER_RATE_PER_ADDRESS', production.ratePerAddress * factor, 0, 1_000_000_000),
    requestsMax: integer('LEDGER_REQUESTS_MAX', 4_000, 1, 100_000),
    bodyMaxBytes: integer('LEDGER_BODY_MAX_BYTES', 262_144, 1_024, 16_777_216),
    requestTimeoutMs: integer('LEDGER_REQUEST_TIMEOUT_MS', 30_000, 100, 600_000),
    trustedProxies: readProxies(text('LEDGER_TRUSTED_PROXIES') ?? '', problems),
  };
}

function readProxies(value: string, problems: string[]): readonly string[] {
  const proxies = value.split(/[\s,]+/).filter((proxy) => proxy !== '');
  const wrong = proxies.filter((proxy) => !isNetwork(proxy));
  if (wrong.length > 0) {
    problems.push(
      `LEDGER_TRUSTED_PROXIES has ${wrong.join(', ')}; set addresses or networks such as 10.0.0.1,10.1.0.0/16.`,
    );
  }
  return proxies;
}
