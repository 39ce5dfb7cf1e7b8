import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HelpdeskAccess } from '#contracts';
import { builtFile, createLogger, EmbeddedProcess } from '#platform';

/** A helpdesk as its own interface shows it. */
export interface HelpdeskView {
  readonly entitlement: { readonly seats: number } | null;
  readonly access: 'accessible' | 'locked';
  readonly message: string | null;
}

/** One helpdesk instance at a simulator. */
export class Helpdesk {
  private readonly url: string;

  constructor(
    simulatorUrl: string,
    private readonly domain: string,
  ) {
    this.url = `${simulatorUrl}/instances/${domain}`;
  }

  get callbackUrl(): string {
    return `${this.url}/entitlement`;
  }

  view(): Promise<HelpdeskView> {
    return this.call('GET', '');
  }

  connect(): Promise<HelpdeskView> {
    return this.call('POST', '/connect');
  }

  /** So many people work on it from now on. It tells the ledger, and answers what the ledger says to that. */
  async setStaff(active: number): Promise<HelpdeskAccess> {
    const { ledger } = await this.call<{ ledger: HelpdeskAccess }>('POST', '/staff', { active });
    return ledger;
  }

  behave(kind: 'well' | 'away'): Promise<HelpdeskView> {
    return this.call('PUT', '/behaviour', { kind });
  }

  private async call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(this.url + path, { method, ...(body && { body: JSON.stringify(body) }) });
    const answer: unknown = await response.json();
    if (!response.ok)
      throw new Error(`the helpdesk ${this.domain} answered ${response.status}: ${JSON.stringify(answer)}`);
    return answer as T;
  }
}

export interface OwnSimulator {
  readonly url: string;
  stop(): Promise<void>;
}

/** Helpdesk instances of the demonstration's own. Their tokens are made with the key in the ledger's data folder. */
export async function startOwnSimulator(ledgerUrl: string, ledgerDataDir: string): Promise<OwnSimulator> {
  const data = await mkdtemp(join(tmpdir(), 'seat-ledger-demo-helpdesks-'));
  const { process: child, ready } = await EmbeddedProcess.start<{ url: string }>({
    name: 'helpdesk simulator',
    entry: builtFile('apps/helpdesk-simulator/src/main.js'),
    args: ['--ledger', ledgerUrl, '--ledger-data', ledgerDataDir, '--port', '0', '--data', data],
    logger: createLogger({ logLevel: 'warn', production: false }),
    onUnexpectedExit: (error) => console.error(error.message),
  });
  const stop = async () => {
    await child.stop();
    await rm(data, { recursive: true });
  };
  return { url: ready.url, stop };
}
