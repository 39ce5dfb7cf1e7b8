import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { CreatedServiceKey, List, ServiceKey } from '#contracts';
import { ApiProblems, CurrentCommand, PageQuery, PathUuid, type CommandRequest } from '#http';
import { CurrentPrincipal } from '../guard/current-principal.js';
import type { Principal } from '../principal.js';
import { CreateServiceKeyRequest } from './service-key.dto.js';
import { ServiceKeys } from './service-keys.js';

const example: ServiceKey = {
  keyId: '7d0f1c52-0a43-5b1e-8c53-6a0b9f3d2e11',
  name: 'seat feed of the data warehouse',
  role: 'service',
  domain: null,
  createdAt: '2026-06-11T09:30:00.000Z',
  createdBy: 'ops@ledger.example',
  revokedAt: null,
  revokedBy: null,
  lastUsedAt: '2026-06-12T00:00:04.120Z',
};
const body: CreateServiceKeyRequest = { name: example.name, role: 'service' };
const key = 'slk_7d0f1c520a435b1e8c536a0b9f3d2e11_5vH0cVtQeXb1w0bqg5m0mZl4p5rZ2pXW8f2e8k1nQ3A';

@Controller('v1/service-keys')
@ApiTags('Service keys')
@ApiProblems('validation-failed', 'unauthenticated', 'forbidden', 'read-model-unavailable')
export class ServiceKeysController {
  constructor(private readonly keys: ServiceKeys) {}

  @Post()
  @ApiOperation({
    summary: 'Make a key for a program',
    description: 'The answer alone has the key: keep it. It is sent like a token, and counts until it is revoked.',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'The same request gets the same key again.' })
  @ApiBody({ type: CreateServiceKeyRequest, examples: { example: { value: body } } })
  @ApiResponse({ status: 201, description: 'The key', example: { ...example, lastUsedAt: null, key } })
  @ApiProblems('idempotency-key-reused')
  create(
    @Body() request: CreateServiceKeyRequest,
    @CurrentPrincipal() principal: Principal,
    @CurrentCommand() command: CommandRequest,
  ): Promise<CreatedServiceKey> {
    return this.keys.create(request, principal, command);
  }

  @Get()
  @ApiOperation({ summary: 'List the keys of programs', description: 'Newest first, with when each was used last.' })
  @ApiResponse({ status: 200, description: 'The keys', example: { items: [example], nextCursor: null } })
  list(@Query() request: PageQuery): Promise<List<ServiceKey>> {
    return this.keys.list(request);
  }

  @Delete(':keyId')
  @ApiOperation({
    summary: 'Revoke a key',
    description: 'For good. Every process has heard of it after ten seconds; this one at once.',
  })
  @ApiResponse({ status: 200, description: 'The key', example: { ...example, revokedAt: '2026-06-12T08:00:00.000Z' } })
  @ApiProblems('not-found')
  revoke(@PathUuid('keyId') keyId: string, @CurrentPrincipal() principal: Principal): Promise<ServiceKey> {
    return this.keys.revoke(keyId, principal);
  }
}
