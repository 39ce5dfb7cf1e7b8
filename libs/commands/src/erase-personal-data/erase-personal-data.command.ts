import { Command } from '@nestjs/cqrs';
import type { Answer } from '#http';
import type { Origin } from '../origin.js';

export interface ErasureAnswer {
  readonly licenseId: string;
  /** How many staff members this request erased, the removed ones included. */
  readonly erasedStaff: number;
  /** `null` when there never was anything to erase. */
  readonly personalDataErasedAt: string | null;
  readonly revision: number;
}

/** Forgets who a license's staff are, for good. */
export class ErasePersonalData extends Command<Answer<ErasureAnswer>> {
  constructor(
    readonly licenseId: string,
    readonly origin: Origin,
  ) {
    super();
  }
}
