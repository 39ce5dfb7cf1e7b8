import { localDateAt, type Instant, type LocalDate } from '#calendar';
import type { Catalogue } from './catalogue.js';
import type { CreditMovement, LicenseEvent } from './events.js';
import { evolve } from './evolve.js';
import { changeIdOf, creditEntryNumberOf } from './identity.js';
import type { LicenseState } from './state.js';

/** What a decision may know besides the state: when it is made, and what plans cost. */
export interface DecisionContext {
  readonly now: Instant;
  readonly catalogue: Catalogue;
}

/** A decision in the making: the events so far, and the state that they lead to. */
export class Draft {
  readonly events: LicenseEvent[] = [];

  constructor(
    private current: LicenseState,
    readonly context: DecisionContext,
  ) {}

  get state(): LicenseState {
    return this.current;
  }

  get now(): Instant {
    return this.context.now;
  }

  /** The license's local date now. */
  get today(): LocalDate {
    return localDateAt(this.now, this.current.timeZone);
  }

  emit(event: LicenseEvent): void {
    this.events.push(event);
    this.current = evolve(this.current, event);
  }

  /** The id for the entitlement change that is emitted next. */
  nextChangeId(): string {
    return changeIdOf(this.current.licenseId, this.current.changes + 1);
  }

  /** The credit entry that moves the balance by `amountMinor`, or `null` when it does not move. */
  creditMovement(amountMinor: number): CreditMovement | null {
    if (amountMinor === 0) return null;
    const { domain, creditEntries, creditBalanceMinor } = this.current;
    return {
      entryNumber: creditEntryNumberOf(domain, creditEntries + 1),
      amountMinor,
      balanceAfterMinor: creditBalanceMinor + amountMinor,
    };
  }
}
