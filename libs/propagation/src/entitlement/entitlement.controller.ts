import { Controller, Get, Param, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, type Principal } from '#auth';
import { Describes } from '#commands';
import { ApiProblems, notFound, type HttpRequest } from '#http';
import { licenseIdOf } from '#license';
import { LicenseHistoryReader } from '../history/license-history-reader.js';
import { CallbackSecrets } from '../push/callback-secrets.js';
import { Entitlements } from './entitlements.js';
import type { SignedEntitlement } from '#contracts';

const example: SignedEntitlement = {
  domain: 'acme.example',
  seats: 48,
  planId: 'team',
  status: 'active',
  validUntil: '2026-07-16T00:00:00.000Z',
  revision: 7,
  jws: 'eyJhbGciOiJFZERTQSIsImtpZCI6IjZVU2…',
};

@Controller('v1/helpdesks/:domain')
@ApiTags('Helpdesk instances')
@ApiProblems('unauthenticated', 'forbidden', 'not-found', 'event-store-unavailable')
export class EntitlementController {
  constructor(
    private readonly histories: LicenseHistoryReader,
    private readonly entitlements: Entitlements,
    private readonly secrets: CallbackSecrets,
  ) {}

  @Get('entitlement')
  @Describes(
    'What the instance is allowed',
    'Straight from the events. `jws` signs the rest, so that the instance can check it offline; acknowledge its `revision` once it is applied.',
    200,
    { ...example },
  )
  async read(
    @Param('domain') domain: string,
    @CurrentPrincipal() principal: Principal,
    @Req() { id }: HttpRequest,
  ): Promise<SignedEntitlement> {
    const history = await this.histories.currentFor(principal, licenseIdOf(domain), id);
    const entitlement = await this.entitlements.issue(history);
    if (entitlement === null) throw notFound();
    return entitlement;
  }

  @Get('callback-secret')
  @Describes(
    'The secret that signs what is pushed to the instance',
    'By Standard Webhooks: check each push with it.',
    200,
    { secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
  )
  async secret(
    @Param('domain') domain: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ readonly secret: string }> {
    const licenseId = licenseIdOf(domain);
    await this.histories.recordedFor(principal, licenseId);
    return { secret: this.secrets.of(licenseId) };
  }
}
