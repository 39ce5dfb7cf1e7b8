import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, Matches, MaxLength, ValidateIf } from 'class-validator';
import type { ServiceKeyRole } from '#contracts';

const roles: readonly ServiceKeyRole[] = ['service', 'helpdesk', 'billing', 'finance', 'support'];

const domain = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;

export class CreateServiceKeyRequest {
  /** What uses the key; the audit shows it as the client. */
  @IsString()
  @Matches(/^[^\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}]+$/u, { message: '$property must be a line of text' })
  @MaxLength(100)
  @ApiProperty({ type: 'string', minLength: 1, maxLength: 100 })
  name!: string;

  @IsIn(roles)
  @ApiProperty({ enum: [...roles] })
  role!: ServiceKeyRole;

  /** Of which instance; for the role `helpdesk` alone. */
  @ValidateIf(({ role, domain: given }: CreateServiceKeyRequest) => role === 'helpdesk' || given !== undefined)
  @IsString()
  @MaxLength(240)
  @Matches(domain, { message: '$property must be a domain name, such as acme.example' })
  @ApiProperty({ type: 'string', required: false })
  domain?: string;
}
