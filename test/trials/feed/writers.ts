import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Reply } from '../../support/ledger-process.js';

type Ask = (method: 'PUT' | 'POST', path: string, body: object, key: string) => Promise<Reply>;

const writersAtOnce = 8;
const changesOfEach = 25;
const retryMs = 100;
const patienceMs = 120_000;
/** Moved in from elsewhere: each month since then is an invoice and its payment. */
const history = { startedOn: '2022-06-01', paidThrough: '2026-06-01' };

/**
 * Customers who come with years of history and then change their seats, until there are so many events. What was not
 * answered is sent again with its key.
 */
export class Writers {
  /** By license, how many events it has. */
  readonly written = new Map<string, number>();
  #count = 0;
  #customers = 0;

  constructor(
    private readonly ask: Ask,
    private readonly target: number,
  ) {}

  get count(): number {
    return this.#count;
  }

  async write(): Promise<void> {
    const prices = [{ currency: 'USD', interval: 'month', amount: 1000 }];
    await this.#insist('PUT', '/v1/plans/team', { name: 'Team', prices });
    await Promise.all(Array.from({ length: writersAtOnce }, () => this.#writeOn()));
  }

  async #writeOn(): Promise<void> {
    while (this.#count < this.target) {
      const domain = `customer-${(this.#customers += 1)}.example`;
      const terms = {
        domain,
        billingEmail: `b@${domain}`,
        planId: 'team',
        seats: 5,
        currency: 'USD',
        interval: 'month',
      };
      const license = await this.#insist('POST', '/v1/licenses', { ...terms, ...history });
      const licenseId = String(license['licenseId']);
      this.#note(licenseId, license);
      for (let change = 0; change < changesOfEach && this.#count < this.target; change++) {
        this.#note(
          licenseId,
          await this.#insist('POST', `/v1/licenses/${licenseId}/seat-changes`, { seats: 10 + change }),
        );
      }
    }
  }

  #note(licenseId: string, { revision }: Reply['body']): void {
    const events = Number(revision) + 1;
    this.#count += events - (this.written.get(licenseId) ?? 0);
    this.written.set(licenseId, events);
  }

  async #insist(method: 'PUT' | 'POST', path: string, body: object): Promise<Reply['body']> {
    const key = randomUUID();
    const giveUpAt = performance.now() + patienceMs;
    for (;;) {
      const reply = await this.ask(method, path, body, key).catch((error: unknown) => String(error));
      if (typeof reply !== 'string' && reply.status < 300) return reply.body;
      if (typeof reply !== 'string' && reply.status !== 503) throw new Error(`${path}: ${JSON.stringify(reply.body)}`);
      if (performance.now() > giveUpAt) throw new Error(`${path} is not answered: ${JSON.stringify(reply)}`);
      await sleep(retryMs);
    }
  }
}
