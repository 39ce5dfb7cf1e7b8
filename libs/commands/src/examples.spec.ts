import { validated } from '#http';
import { AddStaffRequest } from './add-staff/add-staff.request.dto.js';
import { CancelLicenseRequest } from './cancel-license/cancel-license.request.dto.js';
import { ChangeBillingDetailsRequest } from './change-billing-details/change-billing-details.request.dto.js';
import { ChangePlanRequest } from './change-plan/change-plan.request.dto.js';
import { ChangeSeatsRequest } from './change-seats/change-seats.request.dto.js';
import { DefinePlanRequest } from './define-plan/define-plan.request.dto.js';
import { requests } from './examples.js';
import { ExtendDueDateRequest } from './extend-due-date/extend-due-date.request.dto.js';
import { GrantCreditRequest } from './grant-credit/grant-credit.request.dto.js';
import { MoveStaffRequest } from './move-staff/move-staff.request.dto.js';
import { QuoteChangeRequest } from './quote-change/quote-change.request.dto.js';
import { RecordPaymentRequest } from './record-payment/record-payment.request.dto.js';
import { RegisterLicenseRequest } from './register-license/register-license.request.dto.js';
import { ReportStaffCountRequest } from './report-staff-count/report-staff-count.request.dto.js';

const requestOf = {
  addStaff: AddStaffRequest,
  cancelLicense: CancelLicenseRequest,
  changeBillingDetails: ChangeBillingDetailsRequest,
  changePlan: ChangePlanRequest,
  changeSeats: ChangeSeatsRequest,
  definePlan: DefinePlanRequest,
  extendDueDate: ExtendDueDateRequest,
  grantCredit: GrantCreditRequest,
  moveStaff: MoveStaffRequest,
  quoteChange: QuoteChangeRequest,
  recordPayment: RecordPaymentRequest,
  registerLicense: RegisterLicenseRequest,
  reportStaffCount: ReportStaffCountRequest,
} satisfies Record<keyof typeof requests, unknown>;

describe('the examples of the description', () => {
  it.each(Object.keys(requests) as (keyof typeof requests)[])('%s is a valid request', (name) => {
    const dto: new () => object = requestOf[name];
    expect(validated(dto, requests[name])).toMatchObject(requests[name]);
  });
});
