import type { License } from '#contracts';
import { amounts, column, csvTable, fields } from '#documents';

export const licensesCsv = csvTable<License>('licenses', [
  ...fields<License>('licenseId', 'domain', 'billingEmail', 'status', 'planId'),
  column('plannedPlanId', ({ plannedChange }) => plannedChange?.planId ?? null),
  column('plannedEffectiveOn', ({ plannedChange }) => plannedChange?.effectiveOn ?? null),
  ...fields<License>('interval', 'timeZone', 'startedOn', 'endsOn', 'seats', 'paidSeats', 'activeStaff'),
  column('cycleIndex', ({ cycle }) => cycle.index),
  column('cycleStartsOn', ({ cycle }) => cycle.startsOn),
  column('cycleEndsOn', ({ cycle }) => cycle.endsOn),
  column('cycleDays', ({ cycle }) => cycle.days),
  ...fields<License>('currency'),
  ...amounts<License>('creditBalance', ({ creditBalance }) => creditBalance),
  column('helpdeskAccess', ({ helpdesk }) => helpdesk.access),
  column('pendingPropagations', ({ propagation }) => propagation.pending),
  column('overduePropagations', ({ propagation }) => propagation.overdue),
  ...fields<License>('revision'),
]);
