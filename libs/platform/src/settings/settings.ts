export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Where tokens come from; absent, tokens are signed by a local key. */
export interface AuthSettings {
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
}

/** Who issues the invoices, as they print it. Lines are separated by line feeds. */
export interface SellerSettings {
  /** Absent: printed invoices say that they are specimens. */
  readonly name: string | undefined;
  readonly address: string | undefined;
  readonly taxId: string | undefined;
  readonly contact: string | undefined;
  readonly paymentInstructions: string | undefined;
  readonly note: string | undefined;
}

/** What a process takes on. */
export interface LimitSettings {
  /** Requests a minute of one token, and of one address; 0 sets no limit. */
  readonly ratePerToken: number;
  readonly ratePerAddress: number;
  /** Requests under way in one process. */
  readonly requestsMax: number;
  readonly bodyMaxBytes: number;
  /** For the whole of a request to arrive. */
  readonly requestTimeoutMs: number;
  /** Addresses and networks of proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
}

/** What the environment may decide, read once at start. Also the injection token: `constructor(settings: Settings)`. */
export class Settings {
  readonly production!: boolean;
  readonly host!: string;
  /** 0 asks the system for a free port. */
  readonly port!: number;
  /** Absolute path; everything embedded keeps its files there. */
  readonly dataDir!: string;
  /** Absent: the embedded node is started. */
  readonly eventStoreConnectionString: string | undefined;
  /** Absent: the embedded read model is started. */
  readonly databaseUrl: string | undefined;
  /** Absent: a redis-server of this machine is started where jobs are done. */
  readonly redisUrl: string | undefined;
  /** Before every key in Redis, so that ledgers may share one. */
  readonly redisPrefix!: string;
  /** RFC 3339 instant at which time stands still until it is moved; never set in production. */
  readonly testClock: string | undefined;
  readonly logLevel!: LogLevel;
  readonly auth: AuthSettings | undefined;
  /** Whom a propagation that is overdue says to turn to. */
  readonly supportContact!: string;
  /** The master keys of personal data, the newest first; absent, one is made in the data folder. */
  readonly personalDataKeys: readonly Buffer[] | undefined;
  readonly seller!: SellerSettings;
  /** What callbacks and webhooks are signed with, through keys made of it. Absent: one is made in the data folder. */
  readonly secret: Buffer | undefined;
  readonly limits!: LimitSettings;
  /** Private networks (`10.20.0.0/16`) that calls of callbacks may enter in production; otherwise none. */
  readonly outboundNetworks!: readonly string[];
  /** How long one call of an instance's callback may take. */
  readonly callbackTimeoutMs!: number;

  constructor(values: Settings) {
    Object.assign(this, values);
    Object.freeze(this);
  }
}
