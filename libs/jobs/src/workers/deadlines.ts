import { Injectable } from '@nestjs/common';
import { OwnWrites } from '#http';
import { LicenseHistoryReader, Propagations } from '#propagation';
import type { DueItem } from '../due/due-work.js';
import type { Handled, Handler } from './handler.js';

/** Records that a change has not reached its instance within its time. */
@Injectable()
export class Deadlines implements Handler {
  readonly kind = 'deadline';
  readonly concurrency = 16;

  constructor(
    private readonly histories: LicenseHistoryReader,
    private readonly propagations: Propagations,
    private readonly ownWrites: OwnWrites,
  ) {}

  async handle({ licenseId, changeId, id }: DueItem): Promise<Handled> {
    const change = await this.histories.change(licenseId, changeId ?? '');
    if (change === null) throw new Error(`the license ${licenseId} has no change ${changeId}`);
    const position = await this.propagations.missDeadline(change, id);
    if (position !== null) this.ownWrites.record(position);
    return 'done';
  }
}
