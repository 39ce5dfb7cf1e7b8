import type { Account, Month } from '../accounting.js';
import type { CreditKind } from '../credit.js';
import type { InvoiceStatus } from '../invoice.js';
import type { LicenseStatus, StaffStatus } from '../license.js';
import type { PropagationStatus } from '../propagation.js';
import type { Instant, LocalDate } from '../values.js';
import type { JobKind, JobState } from './operations-views.js';

export interface PageQuery {
  /** How many items at most. */
  readonly limit?: number;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string;
}

/** As it stood at a moment of business time, as it was known at a moment of recording, or both. */
export interface AsOfQuery {
  readonly asOf?: Instant;
  readonly knownAt?: Instant;
}

/** Whose rows are meant. */
export interface CustomerQuery {
  readonly licenseId?: string;
  readonly domain?: string;
  /** Of every license that this address is billed for now. */
  readonly billingEmail?: string;
}

/** An order, and the same downwards. */
type Sort<Name extends string> = Name | `-${Name}`;

export interface ListLicensesQuery extends PageQuery {
  readonly domain?: string;
  readonly billingEmail?: string;
  readonly status?: LicenseStatus;
}

export interface ListStaffQuery extends PageQuery {
  readonly status?: StaffStatus;
}

export interface NextInvoicesQuery extends CustomerQuery {
  /** The first date on which they are issued. */
  readonly issuesFrom?: LocalDate;
  /** The last date on which they are issued. */
  readonly issuesTo?: LocalDate;
  readonly currency?: string;
}

export interface ListNextInvoicesQuery extends NextInvoicesQuery, PageQuery {
  /** `issuesOn` unless given. By `total` takes a `currency`. */
  readonly sort?: Sort<'issuesOn' | 'total' | 'domain'>;
}

export interface ForecastQuery {
  readonly months?: number;
  readonly currency?: string;
}

export interface ListInvoicesQuery extends CustomerQuery, AsOfQuery, PageQuery {
  readonly status?: InvoiceStatus;
  readonly currency?: string;
  readonly issuedFrom?: LocalDate;
  readonly issuedTo?: LocalDate;
  readonly dueFrom?: LocalDate;
  readonly dueTo?: LocalDate;
  readonly daysOverdueFrom?: number;
  readonly daysOverdueTo?: number;
  readonly sort?: Sort<'issuedOn' | 'dueOn'>;
}

export interface ListCreditsQuery extends CustomerQuery, AsOfQuery, PageQuery {
  readonly kind?: CreditKind;
  readonly currency?: string;
  readonly actorId?: string;
  readonly from?: Instant;
  readonly to?: Instant;
  /** Minor units of the `currency`. */
  readonly amountFrom?: number;
  readonly amountTo?: number;
  readonly sort?: Sort<'effectiveAt' | 'amount'>;
}

export interface ListJournalQuery extends PageQuery {
  readonly licenseId?: string;
  readonly account?: Account;
  readonly month?: Month;
  /** Only what was booked late for this month. */
  readonly lateFrom?: Month;
  readonly from?: Instant;
  readonly to?: Instant;
}

export interface ListAuditQuery extends PageQuery {
  readonly actor?: string;
  readonly licenseId?: string;
  readonly type?: string;
  /** Recorded at this moment or later. */
  readonly from?: Instant;
  readonly to?: Instant;
}

export interface TrialBalanceQuery {
  readonly month?: Month;
  readonly asOf?: Instant;
  readonly position?: string;
}

export interface ListPropagationsQuery extends PageQuery {
  readonly status?: PropagationStatus;
}

export interface PoliciesQuery {
  readonly startsFrom?: LocalDate;
  readonly startsTo?: LocalDate;
  readonly currency?: string;
}

export interface ListJobsQuery extends PageQuery {
  readonly kind: JobKind;
  readonly state?: JobState;
}

/** Which events, and after which. */
export interface EventHistoryQuery extends PageQuery {
  /** A position, `start` or `end`. */
  readonly after?: string;
  /** Types of events, with commas between them. */
  readonly types?: string;
  readonly licenseId?: string;
}
