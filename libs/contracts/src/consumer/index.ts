export { consume, type Checkpoint, type Consumer, type Reached } from './consume.js';
export { consumeEvents, followEvents, type FollowEventsOptions } from './follow-events.js';
