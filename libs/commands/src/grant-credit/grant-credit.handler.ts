import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CreditEntry } from '#contracts';
import { EventStore } from '#event-store';
import type { Answer } from '#http';
import { describeCreditEntry } from '#license';
import { LicenseCommands } from '../license/license-commands.js';
import { answered, eventOf, type LicenseOutcome } from '../license/license-outcome.js';
import { withStoreProblems } from '../store-problems.js';
import { GrantCredit } from './grant-credit.command.js';

@CommandHandler(GrantCredit)
export class GrantCreditHandler implements ICommandHandler<GrantCredit> {
  constructor(
    private readonly licenses: LicenseCommands,
    private readonly store: EventStore,
  ) {}

  async execute({ licenseId, request, origin }: GrantCredit): Promise<Answer<CreditEntry>> {
    const { amount, reason } = request;
    const outcome = await this.licenses.execute(licenseId, origin, ({ currency }) => ({
      type: 'GrantCredit',
      amountMinor: amount.amount,
      currency: amount.currency ?? currency,
      reason,
    }));
    return answered(await withStoreProblems(this.#entryOf(outcome)), outcome);
  }

  /** The store alone knows when it recorded the event. */
  async #entryOf(outcome: LicenseOutcome): Promise<CreditEntry> {
    const { event, stream, revision, id } = eventOf(outcome, 'CreditGranted');
    let entry: CreditEntry | null = null;
    for await (const { recordedAt } of this.store.readStream(stream, { from: revision, maxCount: 1 })) {
      const place = { id, stream, revision: Number(revision), recordedAt: recordedAt.toISOString() };
      entry = describeCreditEntry(outcome.state.licenseId, event, place);
    }
    if (entry === null) throw new Error(`${stream} has lost its revision ${revision}`);
    return entry;
  }
}
