import { customerOf, type Customer } from './customer.js';
import { dayMs, hourMs, minuteMs, startsAtMs } from './instant.js';
import { Random } from './random.js';
import type { Size } from './size.js';

/** What a customer, its instance, billing or support does. */
export type Action =
  | { readonly kind: 'seats'; readonly seats: number }
  | { readonly kind: 'plan'; readonly planId: string }
  | { readonly kind: 'pay' }
  | { readonly kind: 'extend'; readonly days: number }
  | { readonly kind: 'credit'; readonly amount: number }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'report'; readonly active: number }
  | { readonly kind: 'behave'; readonly as: 'well' | 'slow' | 'fail' | 'wrong' | 'away' }
  | { readonly kind: 'fetch'; readonly isConfused: boolean }
  | { readonly kind: 'retry' };

export interface Step {
  readonly atMs: number;
  readonly customer: Customer;
  readonly action: Action;
}

/** What happens in the month, the same for the same seed. */
export interface Script {
  readonly seed: number;
  readonly customers: readonly Customer[];
  /** In the order of their time. No customer has two at the same moment. */
  readonly steps: readonly Step[];
  /** When the price of the plan `team` is raised, between two steps. */
  readonly dearerAtMs: number;
  readonly endsAtMs: number;
}

export function writeScript({ licenses, days }: Size, seed: number): Script {
  const random = new Random(seed);
  const customers = Array.from({ length: licenses }, (_, index) => customerOf(index, days, random));
  const endsAtMs = startsAtMs + days * dayMs;
  const steps = customers
    .flatMap((customer, index) => new CustomerScript(customer, index, endsAtMs, random).write())
    .toSorted((left, right) => left.atMs - right.atMs);
  return { seed, customers, steps, dearerAtMs: startsAtMs + Math.floor(days / 2) * dayMs + 1, endsAtMs };
}

/** Writes what one customer does. */
class CustomerScript {
  readonly #steps = new Map<number, Step>();

  constructor(
    private readonly customer: Customer,
    private readonly index: number,
    private readonly endsAtMs: number,
    private readonly random: Random,
  ) {}

  write(): Step[] {
    this.#behave();
    this.#changeSeats();
    this.#changePlanAndReport();
    this.#payOrNot();
    return [...this.#steps.values()].filter(({ atMs }) => atMs < this.endsAtMs);
  }

  #behave(): void {
    const { conduct } = this.customer;
    if (conduct.kind === 'well') return;
    if (conduct.kind === 'fetches') {
      const { everyMs, isConfused } = conduct;
      if (everyMs === null) return;
      for (let atMs = startsAtMs + everyMs; atMs < this.endsAtMs; atMs += everyMs) {
        this.#at(atMs, { kind: 'fetch', isConfused });
      }
      return;
    }
    const { kind, fromMs, untilMs } = conduct;
    this.#at(fromMs, { kind: 'behave', as: kind });
    this.#at(fromMs + 5_000, { kind: 'seats', seats: this.customer.terms.seats + 1 });
    if (untilMs < this.endsAtMs) this.#at(untilMs, { kind: 'behave', as: 'well' });
    if (kind !== 'slow') this.#at(fromMs + 3 * hourMs, { kind: 'retry' });
    if (untilMs === Infinity) this.#at(fromMs + 27 * hourMs, { kind: 'retry' });
  }

  /** Every third day or so; most in the same minute as others. */
  #changeSeats(): void {
    let { seats } = this.customer.terms;
    for (let dayAtMs = startsAtMs; dayAtMs < this.endsAtMs; dayAtMs += this.random.integer(2, 5) * dayMs) {
      seats = Math.max(1, seats + this.random.pick([-9, -5, -2, -1, 1, 2, 6]));
      const isAtNine = this.random.chance(0.6);
      this.#at(dayAtMs + hourMs + (isAtNine ? 0 : this.random.integer(1, 9 * 60) * minuteMs), { kind: 'seats', seats });
    }
  }

  #changePlanAndReport(): void {
    const days = Math.round((this.endsAtMs - startsAtMs) / dayMs);
    const someday = () => startsAtMs + this.random.integer(0, days * 24 * 60) * minuteMs + 30_000;
    if (this.random.chance(0.5)) this.#at(someday(), { kind: 'plan', planId: this.random.pick(['team', 'pro']) });
    for (let reports = this.random.integer(1, 3); reports > 0; reports--) {
      this.#at(someday(), { kind: 'report', active: this.random.integer(0, this.customer.terms.seats + 3) });
    }
    if (this.index % 8 === 2) this.#at(someday(), { kind: 'credit', amount: this.random.integer(1, 5_000) });
    if (this.index % 11 === 7) this.#at(someday(), { kind: 'cancel' });
  }

  /** Two days after each issue; or, by those who let it come to that, when the license has expired, or never. */
  #payOrNot(): void {
    const { terms, pays } = this.customer;
    if (pays) {
      const renewedAtMs = Date.parse(`2026-05-${terms.startedOn.slice(8)}T10:00:00.000Z`);
      this.#at(renewedAtMs + 2 * dayMs, { kind: 'pay' });
    } else if (this.index % 12 === 3) {
      this.#at(startsAtMs + 6 * dayMs, { kind: 'pay' });
    } else if (this.index % 12 === 9) {
      this.#at(startsAtMs + 2 * dayMs, { kind: 'extend', days: 5 });
    }
  }

  #at(atMs: number, action: Action): void {
    while (this.#steps.has(atMs)) atMs += minuteMs;
    this.#steps.set(atMs, { atMs, customer: this.customer, action });
  }
}
