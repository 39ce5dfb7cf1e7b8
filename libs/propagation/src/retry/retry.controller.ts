import { Controller, Headers, HttpCode, Inject, Logger, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation } from '@nestjs/swagger';
import pg from 'pg';
import { commandIdOf, CommandOrigin, KeyClaims, type Origin } from '#commands';
import { CommandApi, notFound, PathUuid } from '#http';
import { Clock } from '#platform';
import { ledgerSchema } from '#read-model';
import { PushAttempts } from '../attempts/push-attempts.js';
import { PushQueue } from '../push/push-queue.js';

interface RetryAnswer {
  readonly changeId: string;
  readonly licenseId: string;
}

@Controller('v1/propagations/:changeId/retry')
export class RetryController {
  private readonly logger = new Logger(RetryController.name);

  constructor(
    @Inject(pg.Pool) private readonly pool: pg.Pool,
    private readonly attempts: PushAttempts,
    private readonly queue: PushQueue,
    private readonly claims: KeyClaims,
    private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(202)
  @CommandApi('Propagation', 'read-model-behind')
  @ApiOperation({
    summary: 'Push the entitlement again now',
    description: 'Whatever the back-off says. What comes of it is seen at the propagation.',
  })
  @ApiAcceptedResponse({ description: 'A worker will push it' })
  async retry(
    @PathUuid('changeId') changeId: string,
    @CommandOrigin() origin: Origin,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<RetryAnswer> {
    const { rows } = await this.pool.query<{ license_id: string }>(
      `SELECT license_id FROM ${ledgerSchema}.propagations WHERE change_id = $1`,
      [changeId],
    );
    const licenseId = rows[0]?.license_id;
    if (licenseId === undefined) throw notFound();
    if (key !== undefined) await this.claims.claim(origin);
    const requestId = commandIdOf(`retry for ${origin.principal.subject}`, origin.idempotencyKey);
    await this.attempts.makeDue({ changeId, licenseId }, requestId, this.clock.now());
    // It is due now, so that the search finds it where the queue is out of reach.
    await this.queue.ask(licenseId).catch((error: unknown) => this.logger.warn(`Not queued yet: ${String(error)}`));
    return { changeId, licenseId };
  }
}
