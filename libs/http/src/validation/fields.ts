import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Max, Min, ValidateBy, type ValidationOptions } from 'class-validator';
import { Normalise } from './normalise.js';
import { isCurrencyCode, isLocalDate, isUuid, toInstant } from './values.js';

const rule = (name: string, accepts: (value: unknown) => boolean, text: string, options?: ValidationOptions) =>
  ValidateBy({ name, validator: { validate: accepts, defaultMessage: () => `$property must be ${text}` } }, options);

/** RFC 3339 with an offset; the handler gets it in UTC with milliseconds. */
export const IsInstant = (): PropertyDecorator =>
  applyDecorators(
    Normalise((value) => toInstant(value) ?? value),
    rule('isInstant', (value) => toInstant(value) === value, 'an instant such as 2026-06-11T09:30:00Z'),
    ApiProperty({ type: 'string', format: 'date-time' }),
  );

/** A day of the calendar, `YYYY-MM-DD`. */
export const IsLocalDate = (): PropertyDecorator =>
  applyDecorators(
    rule('isLocalDate', isLocalDate, 'a date such as 2026-06-11'),
    ApiProperty({ type: 'string', format: 'date' }),
  );

/** ISO 4217, in capitals. */
export const IsCurrencyCode = (): PropertyDecorator =>
  applyDecorators(
    rule('isCurrencyCode', isCurrencyCode, 'an ISO 4217 code such as USD'),
    ApiProperty({ type: 'string', pattern: '^[A-Z]{3}$', example: 'USD' }),
  );

/** A UUID of any version; the handler gets it in lower case. */
export const IsUuid = (options?: ValidationOptions): PropertyDecorator =>
  options?.each === true
    ? applyDecorators(rule('isUuid', isUuid, 'a UUID', options))
    : applyDecorators(
        Normalise((value) => (isUuid(value) ? value.toLowerCase() : value)),
        rule('isUuid', isUuid, 'a UUID', options),
        ApiProperty({ type: 'string', format: 'uuid' }),
      );

/** An integer in a query, where everything is text; without it the property's own default counts. */
export const QueryInteger = (min: number, max: number): PropertyDecorator =>
  applyDecorators(
    Normalise((value) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value)),
    IsInt(),
    Min(min),
    Max(max),
    ApiProperty({ type: 'integer', minimum: min, maximum: max, required: false }),
  );

/** `true` or `false` in a query. */
export const QueryBoolean = (): PropertyDecorator =>
  applyDecorators(
    Normalise((value) => (value === 'true' ? true : value === 'false' ? false : value)),
    rule('isBoolean', (value) => typeof value === 'boolean', 'true or false'),
    ApiProperty({ type: 'boolean', required: false }),
  );
