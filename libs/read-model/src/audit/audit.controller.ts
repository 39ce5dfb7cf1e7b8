import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Readable } from 'node:stream';
import type { AuditEntry, List } from '#contracts';
import { QueryApi, type Answer } from '#http';
import { examples, listOf } from '../examples.js';
import { AcceptedListForm, DescribesList, listAnswer, type ListForm } from '../lists.js';
import { auditCsv } from './audit.csv.js';
import { ListAudit } from './list-audit.js';
import { ListAuditRequest } from './list-audit.request.dto.js';

@Controller('v1/audit')
@QueryApi('Audit')
export class AuditController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @DescribesList(
    'List who brought about what',
    'An entry for each event, newest first: the actor, the program and the request. `time` is the actor of what fell due.',
    listOf(examples.auditEntry),
    auditCsv,
  )
  list(
    @Query() request: ListAuditRequest,
    @AcceptedListForm() form: ListForm,
  ): Promise<List<AuditEntry> | Answer<Readable>> {
    return listAnswer(form, request, (page) => this.queries.execute(new ListAudit(page)), auditCsv);
  }
}
