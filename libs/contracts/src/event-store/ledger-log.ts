/**
 * How the ledger itself reads an event and tells others of it: bundled into the package, so that a consumer of the event
 * store gets what every other consumer gets. By their paths, because a package's own names end at its border.
 */
export { AllSubscription } from '../../../event-store/src/all-subscription.js';
export { toRecordedEvent } from '../../../event-store/src/recorded-event.js';
export { licenseStreamPrefix, publicEventOf } from '../../../license/src/index.js';
