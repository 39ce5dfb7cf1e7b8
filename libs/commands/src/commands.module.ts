import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AddStaffController } from './add-staff/add-staff.controller.js';
import { AddStaffHandler } from './add-staff/add-staff.handler.js';
import { CancelLicenseController } from './cancel-license/cancel-license.controller.js';
import { CancelLicenseHandler } from './cancel-license/cancel-license.handler.js';
import { ChangeBillingDetailsController } from './change-billing-details/change-billing-details.controller.js';
import { ChangeBillingDetailsHandler } from './change-billing-details/change-billing-details.handler.js';
import { ChangePlanController } from './change-plan/change-plan.controller.js';
import { ChangePlanHandler } from './change-plan/change-plan.handler.js';
import { ChangeSeatsController } from './change-seats/change-seats.controller.js';
import { ChangeSeatsHandler } from './change-seats/change-seats.handler.js';
import { ClosePeriodController } from './close-period/close-period.controller.js';
import { ClosePeriodHandler } from './close-period/close-period.handler.js';
import { CountStaffController } from './count-staff/count-staff.controller.js';
import { CountStaffHandler } from './count-staff/count-staff.handler.js';
import { DefinePlanController } from './define-plan/define-plan.controller.js';
import { DefinePlanHandler } from './define-plan/define-plan.handler.js';
import { ErasePersonalDataController } from './erase-personal-data/erase-personal-data.controller.js';
import { ErasePersonalDataHandler } from './erase-personal-data/erase-personal-data.handler.js';
import { ExtendDueDateController } from './extend-due-date/extend-due-date.controller.js';
import { ExtendDueDateHandler } from './extend-due-date/extend-due-date.handler.js';
import { GrantCreditController } from './grant-credit/grant-credit.controller.js';
import { GrantCreditHandler } from './grant-credit/grant-credit.handler.js';
import { MoveStaffController } from './move-staff/move-staff.controller.js';
import { MoveStaffHandler } from './move-staff/move-staff.handler.js';
import { QuoteChangeController } from './quote-change/quote-change.controller.js';
import { QuoteChangeHandler } from './quote-change/quote-change.handler.js';
import { RecordPaymentController } from './record-payment/record-payment.controller.js';
import { RecordPaymentHandler } from './record-payment/record-payment.handler.js';
import { RegisterLicenseController } from './register-license/register-license.controller.js';
import { RegisterLicenseHandler } from './register-license/register-license.handler.js';
import { ReportStaffCountController } from './report-staff-count/report-staff-count.controller.js';
import { ReportStaffCountHandler } from './report-staff-count/report-staff-count.handler.js';
import { PlanCommands } from './catalogue/plan-commands.js';
import { InvoiceReader } from './license/invoice-reader.js';
import { LicenseCommandsModule } from './license/license-commands.module.js';

const controllers = [
  RegisterLicenseController,
  QuoteChangeController,
  ChangeSeatsController,
  ChangePlanController,
  AddStaffController,
  MoveStaffController,
  ErasePersonalDataController,
  CancelLicenseController,
  ExtendDueDateController,
  ChangeBillingDetailsController,
  DefinePlanController,
  RecordPaymentController,
  GrantCreditController,
  ReportStaffCountController,
  CountStaffController,
  ClosePeriodController,
];

const handlers = [
  RegisterLicenseHandler,
  QuoteChangeHandler,
  ChangeSeatsHandler,
  ChangePlanHandler,
  AddStaffHandler,
  MoveStaffHandler,
  ErasePersonalDataHandler,
  CancelLicenseHandler,
  ExtendDueDateHandler,
  ChangeBillingDetailsHandler,
  DefinePlanHandler,
  RecordPaymentHandler,
  GrantCreditHandler,
  ReportStaffCountHandler,
  CountStaffHandler,
  ClosePeriodHandler,
];

/** The write side: every use case with its handler and its place in the interface. Needs an EventStore, a Clock and Persons. */
@Module({
  imports: [CqrsModule, LicenseCommandsModule],
  controllers,
  providers: [PlanCommands, InvoiceReader, ...handlers],
})
export class CommandsModule {}
