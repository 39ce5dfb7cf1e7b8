import { Controller, Get, Header } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { PublishedKeys } from './tokens/published-keys.js';
import type { PublicJwk } from './tokens/signing-key.js';

@Controller('.well-known')
@ApiTags('Keys')
export class JwksController {
  constructor(private readonly keys: PublishedKeys) {}

  @Get('jwks.json')
  @ApiOperation({ summary: 'The public keys of what the ledger signs (RFC 7517)' })
  @Header('cache-control', 'public, max-age=300')
  async keySet(): Promise<{ keys: readonly PublicJwk[] }> {
    return { keys: await this.keys.all() };
  }
}
