import { applyDecorators } from '@nestjs/common';
import { IsOptional, Matches, MaxLength, ValidateBy } from 'class-validator';
import { isMonth } from '#accounting';
import { isLocalDate, IsLocalDate, IsUuid, Normalise, toInstant } from '#http';
import { ApiPropertyOptional } from '@nestjs/swagger';

/** Text to look for. What no database holds as text is refused, not asked for. */
export const TextFilter = (lengthMax: number): PropertyDecorator =>
  applyDecorators(
    IsOptional(),
    Matches(/^[^\0\p{Surrogate}]+$/u, { message: '$property must be text' }),
    MaxLength(lengthMax),
    ApiPropertyOptional({ type: 'string', maxLength: lengthMax }),
  );

export const UuidFilter = (): PropertyDecorator => applyDecorators(IsOptional(), IsUuid(), ApiPropertyOptional());

export const DateFilter = (): PropertyDecorator => applyDecorators(IsOptional(), IsLocalDate(), ApiPropertyOptional());

/** A month of the books. */
export const MonthFilter = (): PropertyDecorator =>
  applyDecorators(
    IsOptional(),
    ValidateBy({
      name: 'isMonth',
      validator: { validate: isMonth, defaultMessage: () => '$property must be a month such as 2026-06' },
    }),
    ApiPropertyOptional({ type: 'string', pattern: '^\\d{4}-\\d{2}$', example: '2026-06' }),
  );

/** An instant, or a date for its first or last moment in UTC; the handler gets an instant. */
export const MomentFilter = (edge: 'first' | 'last'): PropertyDecorator =>
  applyDecorators(
    IsOptional(),
    Normalise((value) =>
      isLocalDate(value)
        ? `${value}T${edge === 'first' ? '00:00:00.000' : '23:59:59.999'}Z`
        : (toInstant(value) ?? value),
    ),
    ValidateBy({
      name: 'isMoment',
      validator: {
        validate: (value) => toInstant(value) === value,
        defaultMessage: () => '$property must be a date such as 2026-06-11 or an instant such as 2026-06-11T09:30:00Z',
      },
    }),
    ApiPropertyOptional({ type: 'string', example: '2026-06-11' }),
  );
