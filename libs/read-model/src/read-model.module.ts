import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { SystemClock } from '#platform';
import { Moments } from './as-of/moments.js';
import { AuditController } from './audit/audit.controller.js';
import { ListAuditHandler } from './audit/list-audit.js';
import { CreditsController } from './credit-ledger/credits.controller.js';
import { GetCreditHandler } from './credit-ledger/get-credit.js';
import { ListCreditsHandler } from './credit-ledger/list-credits.js';
import { ListLicenseCreditsHandler } from './credit-ledger/list-license-credits.js';
import { GetAddresseeHandler } from './invoices/get-addressee.js';
import { GetInvoiceHandler } from './invoices/get-invoice.js';
import { InvoiceForms } from './invoices/invoice-forms.js';
import { InvoicesController } from './invoices/invoices.controller.js';
import { ListInvoicesHandler } from './invoices/list-invoices.js';
import { GetTrialBalanceHandler } from './journal/get-trial-balance.js';
import { JournalController } from './journal/journal.controller.js';
import { ListJournalHandler } from './journal/list-journal.js';
import { ListPeriodsHandler } from './journal/list-periods.js';
import { GetLicenseHandler } from './licenses/get-license.js';
import { LicensesController } from './licenses/licenses.controller.js';
import { ListLicensesHandler } from './licenses/list-licenses.js';
import { LicenseSnapshots } from './licenses/snapshot/license-snapshots.js';
import { SnapshotController } from './licenses/snapshot/snapshot.controller.js';
import { ForecastInvoicesHandler } from './next-invoices/forecast-invoices.js';
import { GetNextInvoiceHandler } from './next-invoices/get-next-invoice.js';
import { ListNextInvoicesHandler } from './next-invoices/list-next-invoices.js';
import { NextInvoicesController } from './next-invoices/next-invoices.controller.js';
import { SummariseNextInvoicesHandler } from './next-invoices/summarise-next-invoices.js';
import { ListPlansHandler } from './plans/list-plans.js';
import { PlansController } from './plans/plans.controller.js';
import { ListLicensePropagationsHandler } from './propagation/list-license-propagations.js';
import { ListPropagationsHandler } from './propagation/list-propagations.js';
import { PropagationsController } from './propagation/propagations.controller.js';
import { AgeCreditBalancesHandler } from './reports/age-credit-balances.js';
import { AgeInvoicesHandler } from './reports/age-invoices.js';
import { AgingController } from './reports/aging.controller.js';
import { ListChargedCyclesHandler } from './seat-use/list-charged-cycles.js';
import { ListUnusedSeatsHandler } from './seat-use/list-unused-seats.js';
import { SeatUseController } from './seat-use/seat-use.controller.js';
import { SummarisePoliciesHandler } from './seat-use/summarise-policies.js';
import { ListStaffHandler } from './staff/list-staff.js';
import { StaffController } from './staff/staff.controller.js';

/** The read side: every query with its place in the interface. Needs a ReadModel, an EventStore, a Clock and a Seller. */
@Module({
  imports: [CqrsModule],
  controllers: [
    SnapshotController,
    LicensesController,
    StaffController,
    PlansController,
    NextInvoicesController,
    InvoicesController,
    CreditsController,
    JournalController,
    PropagationsController,
    SeatUseController,
    AgingController,
    AuditController,
  ],
  providers: [
    SystemClock,
    Moments,
    ListLicensesHandler,
    GetLicenseHandler,
    LicenseSnapshots,
    ListStaffHandler,
    ListPlansHandler,
    ListNextInvoicesHandler,
    GetNextInvoiceHandler,
    SummariseNextInvoicesHandler,
    ListInvoicesHandler,
    GetInvoiceHandler,
    GetAddresseeHandler,
    InvoiceForms,
    ListCreditsHandler,
    ListLicenseCreditsHandler,
    GetCreditHandler,
    ListJournalHandler,
    GetTrialBalanceHandler,
    ListPeriodsHandler,
    ListPropagationsHandler,
    ListLicensePropagationsHandler,
    ListUnusedSeatsHandler,
    ListChargedCyclesHandler,
    SummarisePoliciesHandler,
    ForecastInvoicesHandler,
    AgeInvoicesHandler,
    AgeCreditBalancesHandler,
    ListAuditHandler,
  ],
})
export class ReadModelModule {}
