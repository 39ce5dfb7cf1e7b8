import { ACCOUNTS, type JournalEntry, type JournalLine } from '#contracts';
import { encodePosition } from '#http';
import { licenseStream } from '#license';
import { money } from '#money';
import { accountColumns, type JournalEntriesTable } from './journal.table.js';

export function journalAnswer(row: JournalEntriesTable): JournalEntry {
  return {
    licenseId: row.license_id,
    kind: row.kind,
    document: row.document,
    month: row.month,
    lateFrom: row.late_from,
    effectiveAt: row.effective_at,
    recordedAt: row.recorded_at,
    lines: linesOf(row),
    position: encodePosition({ commit: BigInt(row.commit_position), prepare: BigInt(row.prepare_position) }),
    event: { id: row.event_id, stream: licenseStream(row.license_id), revision: row.revision },
  };
}

function linesOf(row: JournalEntriesTable): JournalLine[] {
  const lines = ACCOUNTS.flatMap((account) => {
    const movedMinor = row[accountColumns[account]];
    if (movedMinor === 0) return [];
    const debit = money(Math.max(0, movedMinor), row.currency);
    const credit = money(Math.max(0, -movedMinor), row.currency);
    return [{ account, debit, credit }];
  });
  return [...lines.filter(({ debit }) => debit.amount > 0), ...lines.filter(({ credit }) => credit.amount > 0)];
}
