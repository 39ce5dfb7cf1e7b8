import { Injectable } from '@nestjs/common';
import { LicenseCommands, systemOrigin } from '#commands';
import { OwnWrites } from '#http';
import type { DueItem } from '../due/due-work.js';
import type { Handled, Handler } from './handler.js';

/** Touches licenses that are due; what that comes to is the license's own decision. */
@Injectable()
export class Renewals implements Handler {
  readonly kind = 'renewal';
  /** Enough to keep the event store's commits full, and few enough to leave commands their turn. */
  readonly concurrency = 16;

  constructor(
    private readonly licenses: LicenseCommands,
    private readonly ownWrites: OwnWrites,
  ) {}

  async handle({ licenseId, id }: DueItem): Promise<Handled> {
    const { position } = await this.licenses.execute(licenseId, systemOrigin(id), { type: 'RollForward' });
    this.ownWrites.record(position);
    return 'done';
  }
}
