import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { License, SeatChange } from '#contracts';
import type { Asking, LedgerProcess, Reply } from './ledger-process.js';

/** What a request came to. */
export interface Answered {
  /** `readBack`: a query for what was recorded just before, which may not be projected within its time. */
  readonly what: 'command' | 'query' | 'readBack';
  readonly request: string;
  readonly status: number;
  /** Of a problem. */
  readonly code: string | null;
  readonly retryAfter: string | null;
  /** By the monotonic clock. */
  readonly sentAtMs: number;
  readonly durationMs: number;
}

/** A license that one client alone changes, so that it knows what must be read. */
export interface Driven {
  readonly path: string;
  /** Every number of seats that was asked for and answered with 201, in its order. No two are the same. */
  readonly changedTo: number[];
}

/** A license that several clients change at once. Each grant has a reason of its own. */
export interface Crowded {
  readonly path: string;
  readonly granted: string[];
}

const pauseMs = 50;
const crowdSize = 4;
const retryMs = 250;

/** Commands and queries at once, by several clients each of which waits for its answer before it goes on. */
export class Load {
  readonly answers: Answered[] = [];
  /** Answers that can not be: what was read differs from what was written. */
  readonly contradictions: string[] = [];
  #running: Promise<unknown> = Promise.resolve();
  #stopping = false;

  constructor(
    private readonly ledgers: readonly LedgerProcess[],
    private readonly licenses: readonly Driven[],
    private readonly crowded: Crowded,
    private readonly queries: readonly string[],
  ) {}

  start(): void {
    this.#stopping = false;
    this.#running = Promise.all([
      ...this.licenses.map((license, index) => this.#change(license, index)),
      ...Array.from({ length: crowdSize }, (_, index) => this.#crowd(index)),
      ...this.ledgers.map((ledger) => this.#look(ledger)),
    ]);
  }

  /** Resolves when every request is answered. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#running;
  }

  /** What was sent at a moment or later and is answered by now. */
  since(sentAtMs: number, what: Answered['what']): Answered[] {
    return this.answers.filter((answer) => answer.what === what && answer.sentAtMs >= sentAtMs);
  }

  /** Repeats a command with its key until it is taken. */
  async insist<Body>(ledger: LedgerProcess, path: string, body: object): Promise<Reply<Body>> {
    const key = randomUUID();
    for (;;) {
      const reply = await this.#ask('command', `POST ${path}`, () => ledger.post<Body>(path, body, { key }));
      if (reply.status < 300) return reply;
      await sleep(retryMs);
    }
  }

  /** Waits until every ledger shows what one of them records now. */
  async untilWhole(probe: Driven): Promise<void> {
    const { headers } = await this.#changeOnce(probe, 0);
    const asking: Asking = { headers: { 'ledger-min-position': headers.get('ledger-position') ?? '' } };
    for (const ledger of this.ledgers) {
      while ((await ledger.get(probe.path, asking)).status !== 200) await sleep(pauseMs);
    }
  }

  async #change(license: Driven, turn: number): Promise<void> {
    for (; !this.#stopping; turn++) {
      const { headers } = await this.#changeOnce(license, turn);
      await this.#readBack(this.#ledger(turn + 1), license, headers.get('ledger-position') ?? '');
      await sleep(pauseMs);
    }
  }

  async #changeOnce({ path, changedTo }: Driven, turn: number): Promise<Reply<SeatChange>> {
    const before = changedTo.at(-1);
    const seats = (changedTo.length % 2 === 0 ? 10_000 : 1) + changedTo.length;
    const reply = await this.insist<SeatChange>(this.#ledger(turn), `${path}/seat-changes`, { seats });
    const { from, to } = reply.body;
    if (to !== seats || (before !== undefined && from !== before)) {
      this.contradictions.push(`${path} was changed from ${from} to ${to}, not from ${before} to ${seats}`);
    }
    changedTo.push(seats);
    return reply;
  }

  async #crowd(turn: number): Promise<void> {
    for (; !this.#stopping; turn++) {
      const reason = randomUUID();
      await this.insist(this.#ledger(turn), `${this.crowded.path}/credits`, { amount: 1, reason });
      this.crowded.granted.push(reason);
      await sleep(pauseMs);
    }
  }

  /** The other process must say the same, or that it does not know yet. */
  async #readBack(ledger: LedgerProcess, { path, changedTo }: Driven, position: string): Promise<void> {
    const asking: Asking = { headers: { 'ledger-min-position': position } };
    const { status, body } = await this.#ask('readBack', `GET ${path}`, () => ledger.get<License>(path, asking));
    const seats = changedTo.at(-1);
    if (status === 200 && body.seats !== seats) {
      this.contradictions.push(`${path} was read with ${body.seats} seats after it was changed to ${seats}`);
    }
  }

  async #look(ledger: LedgerProcess): Promise<void> {
    for (let turn = 0; !this.#stopping; turn++) {
      const path = this.queries[turn % this.queries.length] ?? '';
      await this.#ask('query', `GET ${path}`, () => ledger.get(path));
      await sleep(pauseMs);
    }
  }

  async #ask<Body>(what: Answered['what'], request: string, send: () => Promise<Reply<Body>>): Promise<Reply<Body>> {
    const sentAtMs = performance.now();
    const reply = await send();
    const { status, body, headers } = reply;
    const { code = null } = (status < 300 ? {} : body) as { code?: string | null };
    const durationMs = Math.round(performance.now() - sentAtMs);
    this.answers.push({ what, request, status, code, retryAfter: headers.get('retry-after'), sentAtMs, durationMs });
    return reply;
  }

  #ledger(turn: number): LedgerProcess {
    const ledger = this.ledgers[turn % this.ledgers.length];
    if (ledger === undefined) throw new Error('there is no ledger to ask');
    return ledger;
  }
}
