import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { PUBLIC_EVENT_TYPES, type PublicEventType } from '#contracts';
import { IsUuid, Normalise, PAGE_LIMIT_MAX, QueryInteger } from '#http';

const positionLengthMax = 64;
const pageDefault = 100;

/** Which events, and after which. */
export class StreamEventsRequest {
  /** The `position` of an event, the `Ledger-Position` of a snapshot or of a command, `start`, or `end` for what comes from now on. */
  @IsOptional()
  @IsString()
  @MaxLength(positionLengthMax)
  after?: string;

  @IsOptional()
  @Normalise((value) => (typeof value === 'string' ? value.split(',') : value))
  @IsIn(PUBLIC_EVENT_TYPES, { each: true, message: '$value is no type of event: see /v1/events/asyncapi.json' })
  @ApiPropertyOptional({
    type: 'string',
    description: 'Types of events, with commas between them. All by default.',
    example: 'io.seat-ledger.seats-increased.v1,io.seat-ledger.seats-reduced.v1',
  })
  types?: PublicEventType[];

  /** Those of one license alone. */
  @IsOptional()
  @IsUuid()
  licenseId?: string;
}

export class ListEventsRequest extends StreamEventsRequest {
  /** How many items at most. */
  @QueryInteger(1, PAGE_LIMIT_MAX)
  limit: number = pageDefault;

  /** The `nextCursor` of the page before: the same as `after`. */
  @IsOptional()
  @IsString()
  @MaxLength(positionLengthMax)
  cursor?: string;
}
