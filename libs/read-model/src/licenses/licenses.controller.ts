import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Readable } from 'node:stream';
import { CurrentPrincipal, type Principal } from '#auth';
import { Describes } from '#commands';
import type { License, List } from '#contracts';
import { answer, PathUuid, QueryApi, type Answer } from '#http';
import { examples, listOf } from '../examples.js';
import { AcceptedListForm, DescribesList, listAnswer, type ListForm } from '../lists.js';
import { licensesCsv } from './licenses.csv.js';
import { AsOfRequest } from '../as-of/as-of.request.dto.js';
import { GetLicense } from './get-license.js';
import { ListLicenses } from './list-licenses.js';
import { ListLicensesRequest } from './list-licenses.request.dto.js';

@Controller('v1/licenses')
@QueryApi('Licenses and seats')
export class LicensesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @DescribesList('List licenses', 'In the order of their domains.', listOf(examples.license), licensesCsv)
  list(
    @Query() request: ListLicensesRequest,
    @CurrentPrincipal() principal: Principal,
    @AcceptedListForm() form: ListForm,
  ): Promise<List<License> | Answer<Readable>> {
    return listAnswer(form, request, (page) => this.queries.execute(new ListLicenses(page, principal)), licensesCsv);
  }

  @Get(':licenseId')
  @Describes(
    'A license',
    'Its `ETag` is the revision that a command may ask for with `If-Match`; an answer `asOf` or `knownAt` the past has none.',
    200,
    examples.license,
  )
  async get(
    @PathUuid('licenseId') licenseId: string,
    @Query() request: AsOfRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<License | Answer<License>> {
    const license = await this.queries.execute(new GetLicense(licenseId, request, principal));
    const isPresent = request.asOf === undefined && request.knownAt === undefined;
    return isPresent ? answer(license, { revision: license.revision }) : license;
  }
}
