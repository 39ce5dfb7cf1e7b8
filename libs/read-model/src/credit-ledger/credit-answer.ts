import type { ExplainedCreditEntry } from '#contracts';
import { creditInWords, licenseStream } from '#license';
import { money } from '#money';
import type { CreditEntriesTable } from './credit-ledger.table.js';

export function creditAnswer(row: CreditEntriesTable): ExplainedCreditEntry {
  const { currency } = row;
  const entry = {
    entryId: row.entry_id,
    licenseId: row.license_id,
    kind: row.kind,
    amount: money(row.amount_minor, currency),
    balanceAfter: money(row.balance_after_minor, currency),
    effectiveAt: row.effective_at,
    effectiveOn: row.effective_on,
    recordedAt: row.recorded_at,
    changeId: row.change_id,
    invoiceNumber: row.invoice_number,
    reason: row.reason,
    computation: row.computation,
    grantsUsed: row.grants_used,
    actor: { id: row.actor_id, role: row.actor_role },
    event: { id: row.event_id, stream: licenseStream(row.license_id), revision: row.revision },
    previousHash: row.previous_hash,
    hash: row.hash,
  };
  return { ...entry, explanation: creditInWords(entry) };
}
