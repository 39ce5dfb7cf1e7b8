import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsOptional, IsString, MaxLength, ValidateBy } from 'class-validator';
import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { PUBLIC_EVENT_TYPES } from '#contracts';
import { PageQuery } from '#http';

/** Where events are sent: a web address without credentials in it. */
const IsEndpointAddress = (): PropertyDecorator =>
  applyDecorators(
    ValidateBy({
      name: 'isEndpointAddress',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isAddress(value),
        defaultMessage: () => '$property must be an http or https URL without a user name or password',
      },
    }),
    MaxLength(2_048),
    ApiProperty({ type: 'string', format: 'uri' }),
  );

function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
}

const AreEventTypes = (): PropertyDecorator =>
  applyDecorators(
    IsArray(),
    ArrayMaxSize(PUBLIC_EVENT_TYPES.length),
    ArrayUnique(),
    IsIn(PUBLIC_EVENT_TYPES, {
      each: true,
      message: 'each of $property must be a type of the catalogue, such as io.seat-ledger.seats-increased.v1',
    }),
    ApiProperty({ type: [String], enum: PUBLIC_EVENT_TYPES, example: ['io.seat-ledger.seats-increased.v1'] }),
  );

export class RegisterWebhookRequest {
  /** @example https://crm.example/seat-events */
  @IsEndpointAddress()
  url!: string;

  /** The types of events to send. None, or an empty list: all, also those that are added later. */
  @IsOptional()
  @AreEventTypes()
  types?: string[];
}

/** What is left out stays as it is. */
export class ChangeWebhookRequest {
  @IsOptional()
  @IsEndpointAddress()
  url?: string;

  /** An empty list: all. Holds from the next event that is sent. */
  @IsOptional()
  @AreEventTypes()
  types?: string[];
}

export class RotateSecretRequest {
  /**
   * How long messages carry signatures by both secrets, in hours from 0 to 168.
   * @example 24
   */
  @IsOptional()
  @IsIn(Array.from({ length: 169 }, (_, hours) => hours), { message: '$property must be whole hours from 0 to 168' })
  overlapHours?: number;
}

export class ReplayWebhookRequest {
  /** A `Ledger-Position`, or the `position` of an event: what stands after it is sent again. `start`: everything. */
  @IsString()
  @MaxLength(64)
  after!: string;
}

export class ListWebhooksRequest extends PageQuery {
  @IsOptional()
  @IsIn(['active', 'disabled'])
  status?: 'active' | 'disabled';
}
