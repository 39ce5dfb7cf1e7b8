import { Module } from '@nestjs/common';
import { CatalogueController } from './api/catalogue.controller.js';
import { EventHistory } from './api/event-history.js';
import { EventsController } from './api/events.controller.js';
import { LicenseLog } from './log/license-log.js';
import { EventStreams } from './stream/event-streams.js';

/** The one follower of the log in a process, for whoever passes events on. Needs an EventStore. */
@Module({ providers: [LicenseLog], exports: [LicenseLog] })
export class LicenseLogModule {}

/** The feed of events over HTTP. */
@Module({
  imports: [LicenseLogModule],
  controllers: [EventsController, CatalogueController],
  providers: [EventStreams, EventHistory],
  exports: [EventStreams],
})
export class FeedModule {}
