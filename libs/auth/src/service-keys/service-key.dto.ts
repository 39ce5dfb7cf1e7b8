import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, Matches, MaxLength, ValidateIf } from 'class-validator';
import type { Role } from '../principal.js';

/** What a program may be. A customer is a person with an email, and an admin answers for what it does. */
export const keyRoles = ['service', 'helpdesk', 'billing', 'finance', 'support'] as const satisfies readonly Role[];
export type KeyRole = (typeof keyRoles)[number];

const domain = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;

export class CreateServiceKeyRequest {
  /** What uses the key; the audit shows it as the client. */
  @IsString()
  @Matches(/^[^\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}]+$/u, { message: '$property must be a line of text' })
  @MaxLength(100)
  @ApiProperty({ type: 'string', minLength: 1, maxLength: 100 })
  name!: string;

  @IsIn(keyRoles)
  @ApiProperty({ enum: keyRoles })
  role!: KeyRole;

  /** Of which instance; for the role `helpdesk` alone. */
  @ValidateIf(({ role, domain: given }: CreateServiceKeyRequest) => role === 'helpdesk' || given !== undefined)
  @IsString()
  @MaxLength(240)
  @Matches(domain, { message: '$property must be a domain name, such as acme.example' })
  @ApiProperty({ type: 'string', required: false })
  domain?: string;
}

/** A key as admins see it; the secret is nowhere. */
export interface ServiceKey {
  readonly keyId: string;
  readonly name: string;
  readonly role: KeyRole;
  readonly domain: string | null;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly revokedAt: string | null;
  readonly revokedBy: string | null;
  /** To the minute; null when it was never used. */
  readonly lastUsedAt: string | null;
}

/** The answer to its request, and to nothing else. */
export interface CreatedServiceKey extends ServiceKey {
  readonly key: string;
}
