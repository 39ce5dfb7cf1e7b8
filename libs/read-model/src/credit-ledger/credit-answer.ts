import type { CreditEntry } from '#contracts';
import { licenseStream } from '#license';
import { money } from '#money';
import type { CreditEntriesTable } from './credit-ledger.table.js';

export function creditAnswer(row: CreditEntriesTable): CreditEntry {
  const { currency } = row;
  return {
    entryId: row.entry_id,
    licenseId: row.license_id,
    kind: row.kind,
    amount: money(row.amount_minor, currency),
    balanceAfter: money(row.balance_after_minor, currency),
    effectiveAt: row.effective_at,
    recordedAt: row.recorded_at,
    changeId: row.change_id,
    invoiceNumber: row.invoice_number,
    reason: row.reason,
    computation: row.computation,
    event: { id: row.event_id, stream: licenseStream(row.license_id), revision: row.revision },
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}
