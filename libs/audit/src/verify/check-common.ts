import { accountingPeriodsStream } from '#accounting';
import { planStream } from '#license';
import { monthAfter, type Closings } from '../books/closings.js';
import type { Row } from '../books/rows.js';
import type { CommonBooks } from './check-license.js';
import { compareRows } from './compare-rows.js';
import type { EventPlace, Finding } from './finding.js';
import { isPlanParked } from './parked.js';
import { isBefore } from './place.js';
import type { CommonRows } from './rows-of-range.js';

/**
 * What concerns no license: the editions of the plans, the months that are closed, and that something is parked.
 *
 * @param closings without those that are parked
 */
export function checkCommon({ plans, closings }: CommonBooks, found: CommonRows): Finding[] {
  const { checkpoint, parked } = found;
  const editions = plans.editions.filter((plan) => !isBefore(checkpoint, plan.position) && !isPlanParked(plan, parked));
  const planRows = editions.map(({ planId, revision, effectiveAt, name, prices, eventId: id }) => ({
    row: { plan_id: planId, revision, effective_at: effectiveAt, name, prices },
    event: { id, stream: planStream(planId), revision },
  }));
  const closingRows = closings.all.map(({ month, revision, position, closedAt, closedBy, eventId }) => ({
    row: {
      ...{ month, closed_at: closedAt, closed_by: closedBy, event_id: eventId, revision },
      ...{ commit_position: Number(position.commit), prepare_position: Number(position.prepare) },
    },
    event: { id: eventId, stream: accountingPeriodsStream, revision },
  }));
  return [
    ...compared('plan_editions', ['plan_id', 'revision'], planRows, found.plans),
    ...compared('accounting_closings', ['month'], closingRows, found.closings),
    ...outOfOrder(closings),
    ...[...parked].map(([stream, revision]) => parkedFinding(stream, revision)),
  ];
}

interface TracedRow {
  readonly row: Row;
  readonly event: EventPlace;
}

function compared(table: string, key: readonly string[], expected: readonly TracedRow[], found: readonly Row[]) {
  const nameOf = (row: Row): string => key.map((column) => String(row[column])).join(' ');
  const events = new Map(expected.map(({ row, event }) => [nameOf(row), event]));
  const rows = { table, key, expected: expected.map(({ row }) => row), found };
  return compareRows(rows, null, (row) => events.get(nameOf(row)) ?? null);
}

/** Months are closed one after the other. */
function outOfOrder({ all }: Closings): Finding[] {
  return all.flatMap(({ month, revision, eventId: id }, index) => {
    const before = all[index - 1];
    if (before === undefined || month === monthAfter(before.month)) return [];
    const event = { id, stream: accountingPeriodsStream, revision };
    const figure = 'AccountingPeriodClosed.month';
    return [{ subject: 'event', license: null, figure, expected: monthAfter(before.month), found: month, event }];
  });
}

function parkedFinding(stream: string, revision: bigint): Finding {
  return {
    ...{ subject: 'parked', license: null, figure: stream, event: null },
    expected: 'every event projected',
    found: `parked from revision ${revision} on; npm run ledger -- status says why`,
  };
}
