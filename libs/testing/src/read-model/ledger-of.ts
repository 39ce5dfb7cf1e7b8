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
import type { RecordedEvent } from '#event-store';

/** What the read model has to hold of one license: its whole stream folded from nothing, view by view. */
export function ledgerOf(recorded: readonly RecordedEvent[], catalogue: Catalogue) {
  const events = recorded.map(({ type, data, metadata }) =>
    decodeEvent({ type, version: metadata.schemaVersion, data }),
  );
  const state = evolveAll(null, events);
  if (state === null) throw new Error('a license begins with its registration');
  const { licenseId } = state;
  return {
    license: {
      domain: state.domain,
      billing_email: state.billingEmail.toLowerCase(),
      status: statusOf(state),
      plan_id: state.planId,
      planned_plan_id: state.plannedChange?.planId ?? null,
      next_due_at: nextDueAt(state),
      revision: events.length - 1,
      state: { ...state, staff: {} },
    },
    staff: Object.entries(state.staff)
      .map(([staff_id, member]) => ({ staff_id, ...member }))
      .sort((a, b) => (a.staff_id < b.staff_id ? -1 : 1)),
    nextInvoice: nextInvoice(state, catalogue),
    invoices: invoicesOf(events),
    credits: recorded.flatMap(({ id, stream, revision, recordedAt }, index) => {
      const place = { id, stream, revision: Number(revision), recordedAt: recordedAt.toISOString() };
      return describeCreditEntry(licenseId, events[index] as LicenseEvent, place) ?? [];
    }),
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

function invoicesOf(events: readonly LicenseEvent[]): InvoiceHistory[] {
  return events.flatMap((event) => {
    if (event.type !== 'InvoiceIssued') return [];
    const { invoiceNumber } = event.data;
    const history = events.reduce<InvoiceHistory | null>((h, each) => evolveInvoice(h, invoiceNumber, each), null);
    return history ?? [];
  });
}
