export { FeedModule, LicenseLogModule } from './feed.module.js';
export { Bell } from './log/bell.js';
export { LicenseLog } from './log/license-log.js';
export { comparePlaces, type Place } from './log/place.js';
export { EventStreams } from './stream/event-streams.js';
