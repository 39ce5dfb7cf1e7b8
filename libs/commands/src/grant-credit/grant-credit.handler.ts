import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CreditEntry, ExplainedCreditEntry } from '#contracts';
import { EventStore } from '#event-store';
import type { Answer } from '#http';
import { decodeEvent, describeCreditEntry, explainCredit } from '#license';
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

  async execute({ licenseId, request, origin }: GrantCredit): Promise<Answer<ExplainedCreditEntry>> {
    const { amount, reason } = request;
    const outcome = await this.licenses.execute(licenseId, origin, ({ currency }) => ({
      type: 'GrantCredit',
      amountMinor: amount.amount,
      currency: amount.currency ?? currency,
      reason,
    }));
    return answered(await withStoreProblems(this.#entryOf(outcome)), outcome);
  }

  /** Read from the stream: the store alone knows when it recorded the event, and each entry's hash takes in the one before. */
  async #entryOf(outcome: LicenseOutcome): Promise<ExplainedCreditEntry> {
    const granted = eventOf(outcome, 'CreditGranted');
    let entry = null as CreditEntry | null;
    for await (const recorded of this.store.readStream(granted.stream, { maxCount: Number(granted.revision) + 1 })) {
      const { id, stream, type, data, metadata } = recorded;
      const event = decodeEvent({ type, version: metadata.schemaVersion, data });
      const place = { id, stream, revision: Number(recorded.revision), recordedAt: recorded.recordedAt.toISOString() };
      entry = describeCreditEntry(outcome.state.licenseId, event, place, entry?.hash ?? null) ?? entry;
    }
    if (entry?.event.id !== granted.id) throw new Error(`${granted.stream} has lost its revision ${granted.revision}`);
    return explainCredit(entry, { event: granted.event, actor: granted.metadata.actor }, outcome.state.timeZone);
  }
}
