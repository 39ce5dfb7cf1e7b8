import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Readable } from 'node:stream';
import { CurrentPrincipal, type Principal } from '#auth';
import { Describes } from '#commands';
import type { CreditEntryStory, ExplainedCreditEntry, LicenseCredits, List } from '#contracts';
import { PathUuid, QueryApi, type Answer } from '#http';
import { AsOfPage, AsOfRequest } from '../as-of/as-of.request.dto.js';
import { examples, listOf } from '../examples.js';
import { AcceptedListForm, DescribesList, listAnswer, type ListForm } from '../lists.js';
import { creditsCsv } from './credits.csv.js';
import { ListCreditsRequest } from './credit-filters.dto.js';
import { GetCredit } from './get-credit.js';
import { ListCredits } from './list-credits.js';
import { ListLicenseCredits } from './list-license-credits.js';

@Controller('v1')
@QueryApi('Invoices and credits')
export class CreditsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('credits')
  @DescribesList(
    'List every movement of credit',
    'In the order of their effective times, or as `sort` says.',
    listOf(examples.creditEntry),
    creditsCsv,
  )
  list(
    @Query() request: ListCreditsRequest,
    @CurrentPrincipal() principal: Principal,
    @AcceptedListForm() form: ListForm,
  ): Promise<List<ExplainedCreditEntry> | Answer<Readable>> {
    return listAnswer(form, request, (page) => this.queries.execute(new ListCredits(page, principal)), creditsCsv);
  }

  @Get('licenses/:licenseId/credits')
  @DescribesList(
    "A license's credit balance, and what moved it",
    'Oldest first.',
    { balance: examples.creditEntry.balanceAfter, ...listOf(examples.creditEntry) },
    creditsCsv,
  )
  ofLicense(
    @PathUuid('licenseId') licenseId: string,
    @Query() request: AsOfPage,
    @CurrentPrincipal() principal: Principal,
    @AcceptedListForm() form: ListForm,
  ): Promise<LicenseCredits | Answer<Readable>> {
    const credits = (page: AsOfPage) => this.queries.execute(new ListLicenseCredits(licenseId, page, principal));
    return listAnswer(form, request, credits, creditsCsv);
  }

  @Get('licenses/:licenseId/credits/:entryId')
  @Describes(
    'A credit entry, why it is what it is, and what became of it',
    'A grant with every entry that took from it, and what is left; each figure in words, and with its event.',
    200,
    examples.creditStory,
  )
  get(
    @PathUuid('licenseId') licenseId: string,
    @Param('entryId') entryId: string,
    @Query() request: AsOfRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<CreditEntryStory> {
    return this.queries.execute(new GetCredit(licenseId, entryId.toUpperCase(), request, principal));
  }
}
