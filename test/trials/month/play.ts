import type { Invoice, List, Propagation } from '#contracts';
import { licenseIdOf } from '#license';
import { instantOf, startsAtMs } from './instant.js';
import type { Customer } from './customer.js';
import type { PersistentClient } from './persistent-client.js';
import { callbackTimeoutMs } from './stage.js';
import type { Action, Script, Step } from './script.js';

/** What a step was answered: `201`, or `409 staff-count-exceeded`. */
export interface Answered extends Step {
  readonly answer: string;
}

/** Called when a number of steps begins. */
export type Interruption = (stepsDone: number) => void;

/** Minor units per seat and month. A year costs ten months. */
export const plans = { team: 1_000, pro: 1_700 } as const;
export const dearerTeam = 1_150;

/** Plays the month: moves the clock from step to step, and does at each moment what is to be done then, all at once. */
export async function play(script: Script, client: PersistentClient, interrupt: Interruption): Promise<Answered[]> {
  await definePlan(client, 'team', plans.team);
  await definePlan(client, 'pro', plans.pro);
  await Promise.all(script.customers.map((customer) => register(client, customer)));
  const answered: Answered[] = [];
  const player = new Player(client);
  let isDearer = false;
  for (const steps of byMoment(script.steps)) {
    const atMs = steps[0]?.atMs ?? startsAtMs;
    if (!isDearer && atMs > script.dearerAtMs) {
      await moveClock(client, script.dearerAtMs);
      await definePlan(client, 'team', dearerTeam);
      isDearer = true;
    }
    interrupt(answered.length);
    await moveClock(client, atMs);
    const answers = await Promise.all(steps.map(async (step) => ({ ...step, answer: await player.act(step) })));
    answered.push(...answers);
  }
  await moveClock(client, script.endsAtMs);
  return answered;
}

function byMoment(steps: readonly Step[]): Step[][] {
  const groups = new Map<number, Step[]>();
  for (const step of steps) groups.set(step.atMs, [...(groups.get(step.atMs) ?? []), step]);
  return [...groups.values()];
}

async function moveClock(client: PersistentClient, toMs: number): Promise<void> {
  await must(client.ask('PUT', '/v1/test-clock', { now: instantOf(toMs) }), 200);
}

async function definePlan(client: PersistentClient, planId: string, monthly: number): Promise<void> {
  const prices = [
    { currency: 'USD', interval: 'month', amount: monthly },
    { currency: 'USD', interval: 'year', amount: 10 * monthly },
  ];
  const key = `${planId} at ${monthly}`;
  await must(client.ask('PUT', `/v1/plans/${planId}`, { name: planId, prices }, { key }), 200);
}

async function register(client: PersistentClient, { domain, terms, conduct }: Customer): Promise<void> {
  const callback = conduct.kind === 'fetches' ? {} : { callbackUrl: client.simulator.callbackUrl(domain) };
  const license = { domain, billingEmail: `billing@${domain}`, currency: 'USD', ...terms, ...callback };
  await must(client.ask('POST', '/v1/licenses', license, { key: `register ${domain}` }), 201);
  await must(client.tell('POST', domain, 'connect'), 200);
}

async function must(call: Promise<{ status: number; body: unknown }>, expected: number): Promise<void> {
  const { status, body } = await call;
  if (status !== expected) throw new Error(`answered ${status} and not ${expected}: ${JSON.stringify(body)}`);
}

/** Does what a step says. Each request has a key of its own, so that it may be sent again. */
class Player {
  constructor(private readonly client: PersistentClient) {}

  async act(step: Step): Promise<string> {
    const { atMs, customer, action } = step;
    const { status, body } = await this.#act(action, customer, `${customer.domain} ${action.kind} ${atMs}`);
    const { code } = body as { code?: string };
    return code === undefined ? String(status) : `${status} ${code}`;
  }

  #act(action: Action, { domain }: Customer, key: string): Promise<{ status: number; body: unknown }> {
    const license = `/v1/licenses/${licenseIdOf(domain)}`;
    const post = (path: string, body: object) => this.client.ask('POST', license + path, body, { key });
    switch (action.kind) {
      case 'seats':
        return post('/seat-changes', { seats: action.seats });
      case 'plan':
        return post('/plan-changes', { planId: action.planId });
      case 'extend':
        return post('/extensions', { days: action.days, reason: 'asked for more time' });
      case 'credit':
        return post('/credits', { amount: { amount: action.amount, currency: 'USD' }, reason: 'sorry' });
      case 'cancel':
        return post('/cancellation', {});
      case 'report':
        return this.client.tell('POST', domain, 'staff', { active: action.active, force: true }, key);
      case 'behave':
        return this.client.tell('PUT', domain, 'behaviour', behaviour(action.as));
      case 'pay':
        return this.#pay(domain, key);
      case 'fetch':
        return this.#fetch(domain, action.isConfused);
      case 'retry':
        return this.#retry(domain, key);
    }
  }

  async #pay(domain: string, key: string) {
    const list = `/v1/invoices?licenseId=${licenseIdOf(domain)}`;
    const { body } = await this.client.ask<List<Invoice>>('GET', list);
    let last: { status: number; body: unknown } = { status: 204, body: {} };
    for (const { invoiceNumber, open } of body.items.toReversed()) {
      if (open.amount === 0) continue;
      const payment = { amount: open, method: 'card', reference: key };
      last = await this.client.ask('POST', `/v1/invoices/${invoiceNumber}/payments`, payment, {
        key: `${key} ${invoiceNumber}`,
      });
    }
    return last;
  }

  async #fetch(domain: string, isConfused: boolean) {
    if (isConfused) {
      const as = { role: 'helpdesk', domain } as const;
      const { body } = await this.client.ask<Entitled>('GET', `/v1/helpdesks/${domain}/entitlement`, undefined, { as });
      const wrong = { revision: body.revision, seats: body.seats + 1 };
      await must(this.client.ask('POST', `/v1/helpdesks/${domain}/acknowledgements`, wrong, { as }), 409);
    }
    return this.client.tell('POST', domain, 'fetch');
  }

  /** Support asks for the newest change that has not arrived. */
  async #retry(domain: string, key: string) {
    const list = `/v1/licenses/${licenseIdOf(domain)}/propagations`;
    const { body } = await this.client.ask<List<Propagation>>('GET', list);
    const newest = body.items
      .filter(({ status }) => status !== 'propagated')
      .toSorted((left, right) => right.revision - left.revision)[0];
    if (newest === undefined) return { status: 204, body: {} };
    const as = { role: 'support' } as const;
    return this.client.ask('POST', `/v1/propagations/${newest.changeId}/retry`, {}, { as, key });
  }
}

interface Entitled {
  readonly revision: number;
  readonly seats: number;
}

function behaviour(kind: Extract<Action, { kind: 'behave' }>['as']) {
  return { kind, delayMs: kind === 'slow' ? callbackTimeoutMs * 1.5 : 0 };
}
