export { FeedModule, LicenseLogModule } from './feed.module.js';
export { LicenseLog } from './log/license-log.js';
export { publicEventOf } from './public-event/public-event.js';
export { EventStreams } from './stream/event-streams.js';
