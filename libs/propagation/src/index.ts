export { Propagations } from './acknowledgement/propagations.js';
export { LicenseHistoryReader } from './history/license-history-reader.js';
export { PropagationApiModule, PropagationModule } from './propagation.module.js';
export { PushQueue } from './push/push-queue.js';
export { Pushes, type PushResult } from './push/pushes.js';
