import type { ChargedCycle, UnusedSeats } from '#contracts';
import { amounts, column, csvTable, fields } from '#documents';

export const unusedSeatsCsv = csvTable<UnusedSeats>('unused-seats', [
  ...fields<UnusedSeats>('licenseId', 'domain', 'seats', 'usedSeats', 'unusedSeats', 'safeSeats'),
  column('currency', ({ creditNow }) => creditNow.currency),
  ...amounts<UnusedSeats>('creditNow', ({ creditNow }) => creditNow),
  ...amounts<UnusedSeats>('savingPerCycle', ({ savingPerCycle }) => savingPerCycle),
]);

export const chargedCyclesCsv = csvTable<ChargedCycle>('charged-cycles', [
  ...fields<ChargedCycle>('licenseId', 'invoiceNumber'),
  column('cycleStartsOn', ({ cycle }) => cycle.startsOn),
  column('cycleEndsOn', ({ cycle }) => cycle.endsOn),
  column('cycleDays', ({ cycle }) => cycle.days),
  ...fields<ChargedCycle>('paidSeats', 'highestSeats', 'creditedSeatDays', 'unchargedSeatDays'),
  column('currency', ({ unitPrice }) => unitPrice.currency),
  ...amounts<ChargedCycle>('unitPrice', ({ unitPrice }) => unitPrice),
  ...amounts<ChargedCycle>('uncharged', ({ uncharged }) => uncharged),
  ...amounts<ChargedCycle>('nextCycle', ({ policies }) => policies.nextCycle),
  ...amounts<ChargedCycle>('proratedIncreases', ({ policies }) => policies.proratedIncreases),
  ...amounts<ChargedCycle>('highWaterMark', ({ policies }) => policies.highWaterMark),
]);
