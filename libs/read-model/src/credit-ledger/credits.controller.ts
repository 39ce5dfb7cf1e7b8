import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Allow, CurrentPrincipal, type Principal } from '#auth';
import { Describes } from '#commands';
import type { CreditEntry, List } from '#contracts';
import { PathUuid, QueryApi } from '#http';
import { examples, listOf } from '../examples.js';
import { ListCredits, ListCreditsRequest } from './list-credits.js';
import { ListLicenseCredits, ListLicenseCreditsRequest, type LicenseCredits } from './list-license-credits.js';

@Controller('v1')
@Allow('customer', 'helpdesk', 'billing', 'finance', 'support')
@QueryApi('Invoices and credits')
export class CreditsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('credits')
  @Describes(
    'List every movement of credit',
    'In the order of their effective times.',
    200,
    listOf(examples.creditEntry),
  )
  list(@Query() request: ListCreditsRequest, @CurrentPrincipal() principal: Principal): Promise<List<CreditEntry>> {
    return this.queries.execute(new ListCredits(request, principal));
  }

  @Get('licenses/:licenseId/credits')
  @Describes("A license's credit balance, and what moved it", 'Oldest first.', 200, {
    balance: examples.creditEntry.balanceAfter,
    ...listOf(examples.creditEntry),
  })
  ofLicense(
    @PathUuid('licenseId') licenseId: string,
    @Query() request: ListLicenseCreditsRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<LicenseCredits> {
    return this.queries.execute(new ListLicenseCredits(licenseId, request, principal));
  }
}
