import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Readable } from 'node:stream';
import { Describes } from '#commands';
import { publicEventExamples, type EventPage } from '#contracts';
import { answer, ApiProblems, invalidValue, type Answer, type HttpReply, type HttpRequest } from '#http';
import { LicenseLog } from '../log/license-log.js';
import { EventStreams } from '../stream/event-streams.js';
import type { EventFilter } from '../stream/filter.js';
import { EventHistory } from './event-history.js';
import { ListEventsRequest, StreamEventsRequest } from './events.request.dto.js';
import { startingPlace } from './starting-place.js';

const lastEventId = 'Last-Event-ID';
const example = publicEventExamples().slice(2, 3);
const exampleFrame = example.map((event) => `id: ${event.position}\ndata: ${JSON.stringify(event)}\n\n`).join('');
const streamHeaders = {
  'cache-control': 'no-store',
  // Proxies that gather answers before they pass them on would hold events back.
  'x-accel-buffering': 'no',
};

@Controller('v1/events')
@ApiTags('Downstream')
@ApiBearerAuth()
@ApiProblems('validation-failed', 'unauthenticated', 'forbidden', 'event-store-unavailable')
export class EventsController {
  constructor(
    private readonly log: LicenseLog,
    private readonly streams: EventStreams,
    private readonly history: EventHistory,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Follow the events',
    description:
      'Server-sent events, each with a CloudEvent as its data and its position as its id: what was recorded after a ' +
      'position, from the beginning by default, and then what is recorded. `Last-Event-ID`, which a client sends by ' +
      'itself when it comes again, counts before `after`. Heartbeats carry an id as well, so that a consumer whose ' +
      'filter lets nothing through moves on. A stream ends after an hour at most.',
  })
  @ApiHeader({ name: lastEventId, required: false, description: 'The id that was received last.' })
  @ApiOkResponse({ content: { 'text/event-stream': { schema: { type: 'string' }, example: exampleFrame } } })
  async stream(
    @Query() { after, ...filter }: StreamEventsRequest,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
  ): Promise<Answer<Readable>> {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const resumed = request.headers['last-event-id'];
    if (Array.isArray(resumed)) throw invalidValue(lastEventId, 'must be given once');
    const place = await (resumed
      ? startingPlace(this.log, resumed, lastEventId)
      : startingPlace(this.log, after, 'after'));
    const events = this.streams.start(place, filterOf(filter), gone.signal);
    return answer(events, { type: 'text/event-stream; charset=utf-8', headers: streamHeaders });
  }

  @Get('history')
  @Describes(
    'Read the events as pages',
    'From any position, for ever. `nextCursor` is null when there is nothing more yet; `position` is where to go on then.',
    200,
    { items: example, nextCursor: example[0]?.position, position: example[0]?.position },
  )
  async list(@Query() { after, cursor, limit, ...filter }: ListEventsRequest): Promise<EventPage> {
    const place = await (cursor === undefined
      ? startingPlace(this.log, after, 'after')
      : startingPlace(this.log, cursor, 'cursor'));
    return this.history.page(place, filterOf(filter), limit);
  }
}

function filterOf({ types, licenseId }: Pick<StreamEventsRequest, 'types' | 'licenseId'>): EventFilter {
  return { ...(types !== undefined && { types: new Set(types) }), ...(licenseId !== undefined && { licenseId }) };
}
