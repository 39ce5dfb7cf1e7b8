import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import type { Asking, Reply } from '../../support/ledger-process.js';
import type { SimulatorProcess, SimulatorReply } from '../../support/simulator-process.js';
import type { Stage } from './stage.js';

const pauseMs = 100;
/** From the first failure on: a call itself may take long, as the way to a later time does. */
const patienceMs = 300_000;

/** Calls the ledger as careful clients do: what was not answered, or answered 503, is sent again, with the same key. */
export class PersistentClient {
  constructor(
    private readonly stage: Stage,
    readonly simulator: SimulatorProcess,
  ) {}

  ask<Body = Record<string, unknown>>(method: string, path: string, body?: object, asking?: Asking) {
    return this.#again<Reply<Body>>(async () => (await this.stage.api()).ask<Body>(method, path, body, asking));
  }

  /** Has an instance do something; it answers 502 where its ledger did not answer it. */
  tell(method: 'POST' | 'PUT', domain: string, action: string, body?: object, key?: string) {
    const headers = key === undefined ? {} : { 'idempotency-key': key };
    return this.#again<SimulatorReply<unknown>>(() => this.simulator.ask(method, domain, action, body, headers));
  }

  async #again<Answer extends { readonly status: number }>(call: () => Promise<Answer>): Promise<Answer> {
    let giveUpAtMs: number | undefined;
    for (;;) {
      const answer = await call().catch((error: unknown) => error);
      if (isAnswer<Answer>(answer) && answer.status !== 502 && answer.status !== 503) return answer;
      giveUpAtMs ??= performance.now() + patienceMs;
      if (performance.now() > giveUpAtMs) throw new Error(`the ledger does not come back: ${inspect(answer)}`);
      await sleep(pauseMs);
    }
  }
}

function isAnswer<Answer>(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && 'status' in value && !(value instanceof Error);
}
