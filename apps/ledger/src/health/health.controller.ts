import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { answer, type Answer } from '#http';
import { Readiness, type Health } from './readiness.js';

@Controller('health')
@ApiTags('Running it')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('live')
  @ApiOperation({ summary: 'Whether the process runs' })
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  @Get('ready')
  @ApiOperation({ summary: 'Whether the process can do its work: event store, read model, projection lag' })
  async ready(): Promise<Answer<Health>> {
    const health = await this.readiness.check();
    return answer(health, { status: health.status === 'ready' ? 200 : 503 });
  }
}
