import type { LicenseEvent, LicenseEventType } from './events.js';

/** An event as the store keeps it: a type, the version of its data's shape, and the data. */
export interface StoredEvent {
  readonly type: string;
  readonly version: number;
  readonly data: unknown;
}

/** Turns data of version n into data of version n + 1. */
export type Upcaster = (data: Record<string, unknown>) => Record<string, unknown>;

/** For each event type, the step from each old version: `upcasters.SeatsReduced[0]` leads from version 1 to 2. */
export type Upcasters = { readonly [T in LicenseEventType]: readonly Upcaster[] };

/** Every type that is known, at its present version: one more than the steps that lead there. */
export const upcasters: Upcasters = {
  LicenseRegistered: [],
  SeatsIncreased: [],
  SeatsReduced: [],
  PlanChangeScheduled: [],
  PlanChanged: [],
  StaffAdded: [personTogether],
  StaffDisabled: [],
  StaffEnabled: [],
  StaffRemoved: [],
  PersonalDataErased: [],
  StaffCountReported: [],
  BillingDetailsChanged: [],
  InvoiceIssued: [],
  InvoicePaid: [],
  CreditGranted: [],
  LicensePastDue: [],
  LicenseExpired: [],
  LicenseExtended: [],
  LicenseReactivated: [],
  LicenseCancelled: [],
};

/** Email and name were fields of the event itself, in plain text; together they can be sealed. */
function personTogether({ email, name, ...data }: Record<string, unknown>): Record<string, unknown> {
  return { ...data, person: { email, name } };
}

export function encodeEvent(event: LicenseEvent, steps: Upcasters = upcasters): StoredEvent {
  return { type: event.type, version: steps[event.type].length + 1, data: event.data };
}

/**
 * Brings a stored event to the present version of its type. What is written is never rewritten: an old event is
 * understood anew each time it is read.
 *
 * @throws Error for a type or version that this program does not know; guessing would falsify figures.
 */
export function decodeEvent({ type, version, data }: StoredEvent, steps: Upcasters = upcasters): LicenseEvent {
  const known = Object.hasOwn(steps, type) ? steps[type as LicenseEventType] : undefined;
  if (known === undefined) throw new Error(`'${type}' is not an event of a license`);
  const newest = known.length + 1;
  if (!Number.isInteger(version) || version < 1 || version > newest) {
    throw new Error(`${type} version ${version} is not known; this program reads versions 1 to ${newest}`);
  }
  const upcast = known.slice(version - 1).reduce((older, step) => step(older), data as Record<string, unknown>);
  return { type, data: upcast } as unknown as LicenseEvent;
}
