export { dueKinds, DueWork, type DueItem, type DueKind } from './due/due-work.js';
export { ProjectedDueWork } from './due/projected-due-work.js';
export { JobsApiModule, WorkerModule } from './jobs.module.js';
export { JobQueues } from './queues/job-queues.js';
export { RedisPlace } from './queues/redis-place.js';
