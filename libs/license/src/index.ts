export { isOnOffer, termsAt, type Catalogue, type PlanEdition, type PlanPrice, type PlanTerms } from './catalogue.js';
export {
  chargedCycle,
  moveSeatUse,
  seatUse,
  unchargedMinor,
  underPolicies,
  type ChargedCycle,
  type PolicyFigures,
  type SeatUse,
} from './charged-cycle.js';
export { creditOfSafeReductionMinor, unusedSeats, type UnusedSeats } from './unused-seats.js';
export { decodeEvent, encodeEvent, upcasters, type StoredEvent, type Upcaster, type Upcasters } from './codec.js';
export type { LicenseCommand, LicenseCommandData, LicenseCommandType } from './commands.js';
export { describeCreditEntry, type EventPlace } from './credit-entry.js';
export { explainInvoice } from './explanation/explain-invoice.js';
export { invoiceStory, type InvoiceStory } from './explanation/invoice-story.js';
export { creditInWords } from './explanation/credit-in-words.js';
export { creditStory } from './explanation/credit-story.js';
export { policiesInWords } from './explanation/policies-in-words.js';
export { creditDetails, explainCredit, type CreditDetails } from './explanation/explain-credit.js';
export { decide, type Decision } from './decide.js';
export { reportedStaffCount } from './decisions/staff.js';
export type { DecisionContext } from './draft.js';
export * from './events.js';
export { evolve, evolveAll } from './evolve.js';
export {
  creditEntryNumberOf,
  invoiceNumberOf,
  licenseIdOf,
  licenseStream,
  licenseStreamPrefix,
  parseInvoiceNumber,
} from './identity.js';
export { paidElsewhere } from './invoice.js';
export { describeInvoice, evolveInvoice, invoiceHistory, type InvoiceHistory } from './invoice-view.js';
export { limits } from './limits.js';
export { describeLine, nextInvoice } from './next-invoice.js';
export { openedPropagation } from './propagation-view.js';
export { isSealed, type KeptPerson, type Person, type SealedPerson } from './person.js';
export { quote, type Quote } from './quote.js';
export type { QuoteFigures, QuoteRequest } from './quote-figures.js';
export type { RecordedFact } from './recorded-fact.js';
export { invalid, type Refusal, type RefusalCode } from './refusal.js';
export { nextDueAt, pastDueAt } from './roll-forward.js';
export { describeSeatChange, type SeatChangeView } from './seat-change.js';
export type { CreditGrant, LicenseHistory, LicenseState, OpenInvoice, PaidCycle, StaffMember } from './state.js';
export { describeLicense, helpdeskAccess, statusOf, type LicenseView } from './view.js';
export { definePlan, evolvePlan, planStream, planStreamPrefix, type DefinePlan, type PlanEvent } from './plan.js';
export { entitlementOf } from './entitlement.js';
export * from './propagation.js';
export { decodePropagationEvent, encodePropagationEvent } from './propagation-codec.js';
export { publicEventOf, type ReadEvent } from './public-event/public-event.js';
