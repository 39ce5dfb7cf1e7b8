import { pino } from 'pino';
import { builtFile, EmbeddedProcess } from '#platform';

/** What an instance says of itself. */
export interface InstanceView {
  readonly entitlement: { readonly seats: number; readonly planId: string; readonly status: string } | null;
  readonly activeStaff: number;
  readonly access: 'accessible' | 'locked';
  readonly message: string | null;
  /** The revisions that were pushed to it, in the order in which they arrived. */
  readonly received: readonly number[];
}

export interface SimulatorReply<Body> {
  readonly status: number;
  readonly body: Body;
}

/** The built helpdesk simulator as a process of its own. */
export class SimulatorProcess {
  private constructor(
    private readonly process: EmbeddedProcess<{ url: string }>,
    readonly url: string,
  ) {}

  /**
   * @param ledgerData the ledger's data folder, whose key makes the instances' tokens
   * @param port 0 for a free one
   */
  static async start(ledger: string, ledgerData: string, data: string, port = 0): Promise<SimulatorProcess> {
    const { process, ready } = await EmbeddedProcess.start<{ url: string }>({
      name: 'helpdesk simulator',
      entry: builtFile('apps/helpdesk-simulator/src/main.js'),
      args: ['--ledger', ledger, '--ledger-data', ledgerData, '--port', String(port), '--data', data],
      logger: pino({ level: 'silent' }),
      onUnexpectedExit: (error) => {
        throw error;
      },
    });
    return new SimulatorProcess(process, ready.url);
  }

  callbackUrl(domain: string): string {
    return `${this.url}/instances/${domain}/entitlement`;
  }

  async view(domain: string): Promise<InstanceView> {
    return (await this.ask<InstanceView>('GET', domain, '')).body;
  }

  async ask<Body = Record<string, unknown>>(
    method: 'GET' | 'POST' | 'PUT',
    domain: string,
    action: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<SimulatorReply<Body>> {
    const response = await fetch(`${this.url}/instances/${domain}${action === '' ? '' : `/${action}`}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Body };
  }

  async stop(): Promise<void> {
    await this.process.stop();
  }
}
