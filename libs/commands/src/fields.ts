import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsEmail, IsNotEmpty, IsString, Matches, MaxLength, ValidateBy } from 'class-validator';
import { isTimeZone } from '#calendar';
import { parseInvoiceNumber } from '#license';
import { looksLikeCardNumber } from './change-billing-details/card-number.js';

const planIdPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const staffIdPattern = /^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/;
const domainPattern = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;
/** So that an invoice number, which begins with the domain, fits into a path. */
const domainLengthMax = 240;

const rule = (name: string, accepts: (value: string) => boolean, text: string): PropertyDecorator =>
  ValidateBy({
    name,
    validator: {
      validate: (value: unknown) => typeof value === 'string' && accepts(value),
      defaultMessage: () => `$property ${text}`,
    },
  });

/** Text for people: not empty, not endless. */
export const IsText = (lengthMax: number): PropertyDecorator =>
  applyDecorators(IsString(), IsNotEmpty(), MaxLength(lengthMax), ApiProperty({ minLength: 1, maxLength: lengthMax }));

export const isPlanId = (text: string): boolean => planIdPattern.test(text);

export const IsPlanId = (): PropertyDecorator =>
  Matches(planIdPattern, { message: '$property must be 1 to 64 letters, digits, dots, dashes or underscores' });

export const isStaffId = (text: string): boolean => staffIdPattern.test(text);

export const IsStaffId = (options: { each?: boolean } = {}): PropertyDecorator =>
  Matches(staffIdPattern, {
    ...options,
    message: '$property must be 1 to 64 letters, digits, dots, dashes, underscores or @',
  });

export const isDomain = (text: string): boolean => text.length <= domainLengthMax && domainPattern.test(text);

/** The domain of a helpdesk instance. */
export const IsDomain = (): PropertyDecorator =>
  rule('isDomain', isDomain, `must be a domain name of at most ${domainLengthMax} characters, such as acme.example`);

export const IsEmailAddress = (): PropertyDecorator =>
  applyDecorators(IsEmail(), MaxLength(254), ApiProperty({ type: 'string', format: 'email' }));

/** An IANA time zone. */
export const IsTimeZoneName = (): PropertyDecorator =>
  rule('isTimeZone', isTimeZone, 'must be an IANA time zone such as Europe/Berlin');

/** Where the ledger calls an instance: a web address without credentials in it. */
export const IsWebAddress = (): PropertyDecorator =>
  applyDecorators(
    rule('isWebAddress', isWebAddress, 'must be an http or https URL without a user name or password'),
    MaxLength(2_048),
    ApiProperty({ type: 'string', format: 'uri' }),
  );

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
}

export const IsInvoiceNumber = (): PropertyDecorator =>
  rule('isInvoiceNumber', (text) => parseInvoiceNumber(text) !== null, 'must be an invoice number');

/** What a payment provider gives for a card or an account. */
export const IsPaymentMethodToken = (): PropertyDecorator =>
  applyDecorators(
    IsText(255),
    rule(
      'isNoCardNumber',
      (text) => !looksLikeCardNumber(text),
      "must be a payment provider's token, not a card number",
    ),
  );
