import type { CreditEntry } from '#contracts';

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const integer: Check = (value) => Number.isSafeInteger(value);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const shape =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(checks).every(([name, check]) => check((value as Record<string, unknown>)[name]));

const money = shape({ amount: integer, currency: text });

const entry = shape({
  entryId: text,
  licenseId: text,
  kind: (value) => ['granted', 'reversed', 'applied', 'goodwill'].includes(value as string),
  amount: money,
  balanceAfter: money,
  effectiveAt: text,
  changeId: orNull(text),
  invoiceNumber: orNull(text),
  reason: orNull(text),
  computation: orNull(
    shape({ seats: integer, seatDaysBefore: integer, seatDaysAfter: integer, cycleDays: integer, unitPrice: money }),
  ),
  event: shape({ id: text, stream: text, revision: integer }),
  previousHash: orNull(text),
  hash: text,
});

/** Whether a value from outside has every field of a credit entry. */
export function isEntry(value: unknown): value is CreditEntry {
  return entry(value);
}
