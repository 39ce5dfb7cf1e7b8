import { Command } from '@nestjs/cqrs';
import type { PersonalDataErasure } from '#contracts';
import type { Answer } from '#http';
import type { Origin } from '../origin.js';

/** Forgets who a license's staff are, for good. */
export class ErasePersonalData extends Command<Answer<PersonalDataErasure>> {
  constructor(
    readonly licenseId: string,
    readonly origin: Origin,
  ) {
    super();
  }
}
