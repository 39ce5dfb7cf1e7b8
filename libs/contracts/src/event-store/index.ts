export type { Checkpoint, Consumer, Reached } from '../consumer/consume.js';
export { consumeGroup, type GroupOptions } from './consume-group.js';
export { ensureGroup } from './ensure-group.js';
export { consumeLog, followLog, type FollowLogOptions } from './follow-log.js';
