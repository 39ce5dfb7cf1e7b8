import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { readBehaviour } from './behaviour.js';
import { InstanceFile } from './instance-file.js';
import { Instance, StaffCountExceeded } from './instance.js';
import { NotSigned, type LedgerClient } from './ledger-client.js';
import { BadInput, readBody, readJson } from './requests.js';

export interface SimulatorOptions {
  readonly host: string;
  /** 0 asks the system for a free port. */
  readonly port: number;
  /** Where the instances keep their files. */
  readonly folder: string;
  readonly ledger: LedgerClient;
}

interface Call {
  readonly instance: Instance;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Any number of helpdesk instances behind one address, each below `/instances/<domain>`. */
export class Simulator {
  readonly #instances = new Map<string, Instance>();
  readonly #server: Server;

  private constructor(private readonly options: SimulatorOptions) {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(options: SimulatorOptions): Promise<Simulator> {
    const simulator = new Simulator(options);
    const server = simulator.#server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(options.port, options.host, resolve);
    });
    return simulator;
  }

  get url(): string {
    const { address, port } = this.#server.address() as AddressInfo;
    return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
  }

  /** The callback URL of an instance, for its registration at the ledger. */
  callbackUrl(domain: string): string {
    return `${this.url}/instances/${domain}/entitlement`;
  }

  instance(domain: string): Instance {
    const name = domain.toLowerCase();
    const instance = this.#instances.get(name) ?? new Instance(name, new InstanceFile(this.options.folder, name));
    this.#instances.set(name, instance);
    return instance;
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://simulator');
    const [, root, domain, action = ''] = pathname.split('/');
    try {
      if (root !== 'instances' || domain === undefined || domain === '')
        return send(response, 404, { error: 'see --help' });
      const call = { instance: this.instance(decodeURIComponent(domain)), request, response };
      const route = this.#routes[`${request.method} ${action}`.trimEnd()];
      if (route === undefined) return send(response, 404, { error: 'see --help' });
      await route(call);
    } catch (error) {
      const status = error instanceof StaffCountExceeded ? 409 : error instanceof BadInput ? 400 : 502;
      send(response, status, { error: error instanceof Error ? error.message : String(error) });
    }
  }

  readonly #routes: Readonly<Record<string, (call: Call) => Promise<void>>> = {
    GET: (call) => this.#show(call),
    'POST entitlement': (call) => this.#receive(call),
    'POST connect': async (call) => {
      await this.options.ledger.connect(call.instance.domain);
      return this.#fetch(call);
    },
    'POST fetch': (call) => this.#fetch(call),
    'POST staff': async (call) => {
      const { active, force = false } = (await readJson(call.request)) as { active?: unknown; force?: unknown };
      if (!Number.isInteger(active) || Number(active) < 0) throw new BadInput('active must be a whole number from 0');
      if (force === true) call.instance.forceActiveStaff(Number(active));
      else call.instance.setActiveStaff(Number(active));
      const key = call.request.headers['idempotency-key'];
      const given = typeof key === 'string' ? [key] : [];
      const ledger = await this.options.ledger.reportStaff(call.instance.domain, Number(active), ...given);
      send(call.response, 200, { ...call.instance.view(), ledger });
    },
    'PUT behaviour': async (call) => {
      try {
        call.instance.behave(readBehaviour(await readJson(call.request)));
      } catch (error) {
        throw new BadInput((error as Error).message);
      }
      return this.#show(call);
    },
  };

  async #fetch(call: Call): Promise<void> {
    const { instance } = call;
    const acknowledgement = instance.apply(await this.options.ledger.fetchEntitlement(instance.domain));
    await this.options.ledger.acknowledge(instance.domain, acknowledgement);
    return this.#show(call);
  }

  #show({ instance, response }: Call): Promise<void> {
    send(response, 200, instance.view());
    return Promise.resolve();
  }

  /** What the ledger pushes. A signature that is wrong is refused whatever the instance is told to do. */
  async #receive({ instance, request, response }: Call): Promise<void> {
    const { kind, delayMs } = instance.behaviour;
    const body = await readBody(request);
    if (kind === 'away') {
      request.socket.destroy();
      return;
    }
    const headers = request.headers as Record<string, string>;
    let entitlement;
    try {
      entitlement = await this.options.ledger.checkPush(instance.domain, body, headers);
    } catch (error) {
      return send(response, error instanceof NotSigned ? 401 : 503, {
        error: `not taken: ${(error as Error).message}`,
      });
    }
    instance.noteReceived(entitlement.revision);
    if (delayMs > 0) await wait(delayMs);
    if (kind === 'fail') return send(response, 500, { error: 'told to fail' });
    if (kind === 'wrong') return send(response, 200, { revision: entitlement.revision, seats: entitlement.seats + 1 });
    send(response, 200, instance.apply(entitlement));
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
