import { Injectable } from '@nestjs/common';
import type { Instant } from '#calendar';
import { invalidValue } from '#http';
import { Clock, SystemClock } from '#platform';
import type { AsOfRequest } from './as-of.request.dto.js';
import type { Moment } from './moment.js';

/** Turns what a caller asks for into the moment that is meant. */
@Injectable()
export class Moments {
  constructor(
    private readonly clock: Clock,
    /** A store records by the time of day, also while a test clock stands still. */
    private readonly timeOfDay: SystemClock,
  ) {}

  /**
   * Undefined when the present is asked for. `knownAt` alone leaves business time at now.
   *
   * @throws ProblemException `validation-failed`: what is to come is a matter of quotes and next invoices, and what may
   *   yet be recorded by a moment to come would change the answer
   */
  of({ asOf, knownAt }: Pick<AsOfRequest, 'asOf' | 'knownAt'>): Moment | undefined {
    if (asOf === undefined && knownAt === undefined) return undefined;
    if (asOf !== undefined) checkPast('asOf', asOf, this.clock.now());
    if (knownAt !== undefined) checkPast('knownAt', knownAt, this.timeOfDay.now());
    return { asOf: asOf ?? this.clock.now(), knownAt: knownAt ?? null };
  }
}

/** @throws ProblemException `validation-failed` */
export function checkPast(name: string, moment: Instant, now: Instant): void {
  if (moment > now) throw invalidValue(name, `lies in the future; it is ${now}`);
}
