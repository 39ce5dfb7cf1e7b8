import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import type { Instant } from '#calendar';
import { IsInstant, PageQuery } from '#http';

/** Only what had taken effect by then counts. */
export const AsOf = (): PropertyDecorator =>
  applyDecorators(
    IsOptional(),
    IsInstant(),
    ApiPropertyOptional({
      type: 'string',
      format: 'date-time',
      description: 'The answer as the ledger stood then: only what had taken effect by this moment of business time.',
    }),
  );

/** Only what had been recorded by then counts. */
export const KnownAt = (): PropertyDecorator =>
  applyDecorators(
    IsOptional(),
    IsInstant(),
    ApiPropertyOptional({
      type: 'string',
      format: 'date-time',
      description:
        'The answer as it was known then: only what had been recorded by this moment. Without `asOf`, business time is now.',
    }),
  );

export class AsOfRequest {
  @AsOf()
  asOf?: Instant;

  @KnownAt()
  knownAt?: Instant;
}

/** A page of a list as it was. */
export class AsOfPage extends PageQuery {
  @AsOf()
  asOf?: Instant;

  @KnownAt()
  knownAt?: Instant;
}
