import {
  changesEntitlement,
  chargedCycle,
  decodeEvent,
  describeCreditEntry,
  evolveAll,
  evolveInvoice,
  moveSeatUse,
  nextDueAt,
  nextInvoice,
  openedPropagation,
  seatUse,
  statusOf,
  unusedSeats,
  type Catalogue,
  type ChargedCycle,
  type InvoiceHistory,
  type LicenseEvent,
} from '#license';
import type { CreditEntry } from '#contracts';
import type { RecordedEvent } from '#event-store';

/** What the read model has to hold of one license: its whole stream folded from nothing, view by view. */
export function ledgerOf(recorded: readonly RecordedEvent[], catalogue: Catalogue) {
  const events = recorded.map(({ type, data, metadata }) =>
    decodeEvent({ type, version: metadata.schemaVersion, data }),
  );
  const state = evolveAll(null, events);
  if (state === null) throw new Error('a license begins with its registration');
  const { licenseId } = state;
  const credits = creditsOf(licenseId, recorded, events);
  return {
    license: {
      domain: state.domain,
      billing_email: state.billingEmail.toLowerCase(),
      status: statusOf(state),
      plan_id: state.planId,
      planned_plan_id: state.plannedChange?.planId ?? null,
      next_due_at: nextDueAt(state),
      revision: events.length - 1,
      personal_data_key: state.personalDataKey,
      state: { ...state, staff: {} },
      credit_hash: credits.at(-1)?.hash ?? null,
    },
    staff: Object.entries(state.staff)
      .map(([staff_id, member]) => ({ staff_id, ...member }))
      .sort((a, b) => (a.staff_id < b.staff_id ? -1 : 1)),
    nextInvoice: nextInvoice(state, catalogue),
    invoices: invoicesOf(events),
    credits,
    unusedSeats: unusedSeats(state)?.unused ?? 0,
    chargedCycles: chargedCyclesOf(events),
    propagations: events.flatMap((event, revision) =>
      changesEntitlement(event) ? [openedPropagation(licenseId, event, revision)] : [],
    ),
  };
}

function chargedCyclesOf(events: readonly LicenseEvent[]): ChargedCycle[] {
  const cycles = new Map<number, ChargedCycle>();
  for (const event of events) {
    if (event.type === 'InvoiceIssued') cycles.set(event.data.cycle.index, chargedCycle(event));
    if (event.type !== 'SeatsIncreased' && event.type !== 'SeatsReduced') continue;
    const { index } = event.data.computation.cycle;
    const charged = cycles.get(index);
    if (charged) cycles.set(index, moveSeatUse(charged, seatUse(event)));
  }
  return [...cycles.values()];
}

function creditsOf(
  licenseId: string,
  recorded: readonly RecordedEvent[],
  events: readonly LicenseEvent[],
): CreditEntry[] {
  const entries: CreditEntry[] = [];
  for (const [index, { id, stream, revision, recordedAt }] of recorded.entries()) {
    const place = { id, stream, revision: Number(revision), recordedAt: recordedAt.toISOString() };
    const entry = describeCreditEntry(licenseId, events[index] as LicenseEvent, place, entries.at(-1)?.hash ?? null);
    if (entry) entries.push(entry);
  }
  return entries;
}

function invoicesOf(events: readonly LicenseEvent[]): InvoiceHistory[] {
  return events.flatMap((event) => {
    if (event.type !== 'InvoiceIssued') return [];
    const { invoiceNumber } = event.data;
    const history = events.reduce<InvoiceHistory | null>((h, each) => evolveInvoice(h, invoiceNumber, each), null);
    return history ?? [];
  });
}
