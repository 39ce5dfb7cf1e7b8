import { setTimeout as wait } from 'node:timers/promises';
import { licenseIdOf } from '#license';
import { percentile } from '../support.mjs';

const writers = 10;

/** Customers who change seats and see it, and others who ask for what nobody changes; every answer is checked. */
export class Traffic {
  busyDomains = Array.from({ length: writers }, (_, n) => `writer-${n}.example`);
  #url;
  #headers;
  #rates;
  #questions;
  #answers = new Map();
  #seats = 10;

  constructor(url, token, { quietDomains, ...rates }) {
    this.#url = url;
    this.#headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    this.#rates = rates;
    this.#questions = quietDomains.flatMap((domain) => {
      const id = licenseIdOf(domain);
      return [
        `/v1/licenses/${id}`,
        `/v1/licenses/${id}/credits`,
        `/v1/invoices?domain=${domain}`,
        `/v1/next-invoices?domain=${domain}`,
      ];
    });
  }

  /** Registers the writers' licenses, and asks every question once. @throws when one has two answers */
  async prepare() {
    for (const domain of this.busyDomains) {
      const terms = { planId: 'team', seats: 10, currency: 'USD', interval: 'month', timeZone: 'UTC' };
      await this.#ask('POST', '/v1/licenses', { domain, billingEmail: `b@${domain}`, ...terms });
    }
    for (const question of this.#questions) {
      const { text } = await this.#ask('GET', question);
      this.#answers.set(question, text);
    }
    for (const question of this.#questions) {
      if ((await this.#ask('GET', question)).text !== this.#answers.get(question)) {
        throw new Error(`${question} is not answered the same twice`);
      }
    }
  }

  /** Goes on while `work` does. @returns what came of it, the wrong answers, and the latencies */
  async during(work) {
    const run = { isOver: false, wrong: [], changesMs: [], ownReadsMs: [], queriesMs: [] };
    const traffic = [
      ...this.busyDomains.map((domain) => this.#write(run, domain)),
      ...Array.from({ length: writers }, (_, n) => this.#read(run, n)),
    ];
    try {
      const result = await work();
      return { result, wrong: run.wrong, summary: await this.#summary(run, traffic) };
    } finally {
      run.isOver = true;
      await Promise.all(traffic);
    }
  }

  async #summary(run, traffic) {
    run.isOver = true;
    await Promise.all(traffic);
    const of = (values) => `${percentile(values, 50)} / ${percentile(values, 99)}`;
    return {
      changes: run.changesMs.length,
      'p50 / p99, ms': of(run.changesMs),
      'own writes read, p50 / p99': of(run.ownReadsMs),
      queries: run.queriesMs.length,
      'queries, p50 / p99': of(run.queriesMs),
    };
  }

  async #write(run, domain) {
    const path = `/v1/licenses/${licenseIdOf(domain)}`;
    await this.#paced(run, writers / this.#rates.changesPerSecond, async () => {
      const seats = (this.#seats += 1);
      const change = await this.#ask('POST', `${path}/seat-changes`, { seats });
      run.changesMs.push(change.ms);
      const own = await this.#ask('GET', path, undefined, { 'ledger-min-position': change.position });
      run.ownReadsMs.push(own.ms);
      if (JSON.parse(own.text).seats !== seats) run.wrong.push(`${domain} has other seats than ${seats}: ${own.text}`);
    });
  }

  async #read(run, begin) {
    let next = begin * 7;
    await this.#paced(run, writers / this.#rates.queriesPerSecond, async () => {
      const question = this.#questions[next++ % this.#questions.length];
      const { text, ms } = await this.#ask('GET', question);
      run.queriesMs.push(ms);
      if (text !== this.#answers.get(question)) run.wrong.push(`${question}: ${text}`);
    });
  }

  async #paced(run, everySeconds, work) {
    while (!run.isOver) {
      const nextAt = performance.now() + everySeconds * 1000;
      try {
        await work();
      } catch (error) {
        run.wrong.push(String(error));
      }
      await wait(Math.max(0, nextAt - performance.now()));
    }
  }

  async #ask(method, path, body, headers = {}) {
    const sentAt = performance.now();
    const response = await fetch(this.#url + path, {
      method,
      headers: { ...this.#headers, ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return { text, ms: performance.now() - sentAt, position: response.headers.get('ledger-position') };
  }
}
