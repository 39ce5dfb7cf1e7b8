import { Redis } from 'ioredis';

/** How long a request of the interface waits for Redis before it goes on without. */
const commandTimeoutMs = 2_000;
const retryDelayMaxMs = 2_000;

const retryStrategy = (attempt: number): number => Math.min(attempt * 100, retryDelayMaxMs);

/** For whoever puts jobs into queues: fails fast, for what is not put there is found again. */
export function producerConnection(url: string): Redis {
  const options = {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    commandTimeout: commandTimeoutMs,
    retryStrategy,
  };
  return new Redis(url, options);
}

/** For workers, which wait for Redis however long it is away; until they end, and with them the connections made of this. */
export function workerConnection(url: string, ended: AbortSignal): Redis {
  const untilTheEnd = (attempt: number): number | null => (ended.aborted ? null : retryStrategy(attempt));
  return new Redis(url, { maxRetriesPerRequest: null, retryStrategy: untilTheEnd });
}
