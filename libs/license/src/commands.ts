import type { BillingInterval, LocalDate } from '#calendar';
import type { StaffRole } from './events.js';
import type { KeptPerson } from './person.js';

/** What can be asked of a license. Absent optional fields mean "leave as it is" or the default that is named. */
export interface LicenseCommandData {
  RegisterLicense: {
    readonly domain: string;
    readonly billingEmail: string;
    readonly planId: string;
    readonly seats: number;
    readonly currency: string;
    readonly interval: BillingInterval;
    readonly timeZone: string;
    /** Default: the license's today. */
    readonly startedOn?: LocalDate | undefined;
    readonly paidThrough?: LocalDate | undefined;
    readonly callbackUrl?: string | undefined;
  };
  ChangeSeats: {
    readonly seats: number;
    readonly planId?: string | undefined;
    readonly disableStaff?: readonly string[] | undefined;
    /** The token of a quote whose figures must still hold. */
    readonly quoteToken?: string | undefined;
  };
  ChangePlan: { readonly planId: string };
  AddStaff: { readonly staffId: string; readonly person: KeptPerson; readonly role: StaffRole };
  DisableStaff: StaffReference;
  EnableStaff: StaffReference;
  RemoveStaff: StaffReference;
  /** Forgets who the staff are, for good. */
  ErasePersonalData: object;
  ReportStaffCount: { readonly active: number };
  ChangeBillingDetails: {
    readonly billingEmail?: string | undefined;
    readonly address?: string | undefined;
    readonly paymentMethodToken?: string | undefined;
  };
  RecordPayment: {
    readonly invoiceNumber: string;
    readonly amountMinor: number;
    readonly currency: string;
    readonly method: string;
    readonly reference: string;
  };
  GrantCredit: { readonly amountMinor: number; readonly currency: string; readonly reason: string };
  ExtendDueDate: {
    readonly days: number;
    readonly reason: string;
    /** Default: the unpaid invoice that is due first. */
    readonly invoiceNumber?: string | undefined;
  };
  CancelLicense: { readonly reason?: string | undefined };
  /** Records what fell due by itself, and nothing else. */
  RollForward: object;
}

interface StaffReference {
  readonly staffId: string;
  readonly reason?: string | undefined;
}

export type LicenseCommandType = keyof LicenseCommandData;

export type LicenseCommand<T extends LicenseCommandType = LicenseCommandType> = {
  readonly [K in T]: { readonly type: K } & LicenseCommandData[K];
}[T];
