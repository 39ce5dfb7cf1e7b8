import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsCurrencyCode, IsLocalDate } from '#http';
import { limits } from '#license';
import { IsDomain, IsEmailAddress, IsPlanId, IsTimeZoneName, IsWebAddress } from '../fields.js';

export class RegisterLicenseRequest {
  /**
   * The helpdesk instance that the license is for. It has one license, ever.
   * @example acme.example
   */
  @IsDomain()
  domain!: string;

  /**
   * Who is billed, and whose tokens see the license.
   * @example billing@acme.example
   */
  @IsEmailAddress()
  billingEmail!: string;

  /** @example team */
  @IsPlanId()
  planId!: string;

  /** @example 60 */
  @IsInt()
  @Min(1)
  @Max(limits.seatsMax)
  seats!: number;

  /** The one currency of everything that this license is billed. */
  @IsCurrencyCode()
  currency!: string;

  @IsIn(['month', 'year'])
  interval!: 'month' | 'year';

  /** The first day of cycle 0. Default: the license's today. In the past for a customer who is moved in. */
  @IsOptional()
  @IsLocalDate()
  startedOn?: string;

  /** Cycles that begin before this day were paid elsewhere. */
  @IsOptional()
  @IsLocalDate()
  paidThrough?: string;

  /**
   * The days of this license are those of this time zone. Default: UTC.
   * @example Europe/Berlin
   */
  @IsOptional()
  @IsTimeZoneName()
  timeZone?: string;

  /**
   * Where the instance takes its entitlement.
   * @example https://acme.example/entitlement
   */
  @IsOptional()
  @IsWebAddress()
  callbackUrl?: string;
}
