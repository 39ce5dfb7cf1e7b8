import { Injectable } from '@nestjs/common';
import { Clock } from '#platform';
import { PushQueue } from '#propagation';
import { JobQueues } from './job-queues.js';

/** Asks for pushes by a job of its own each time, whatever else is queued for the license. */
@Injectable()
export class QueuedPushes extends PushQueue {
  constructor(
    private readonly queues: JobQueues,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async ask(licenseId: string): Promise<void> {
    const dueAt = this.clock.now();
    const id = `${licenseId}-asked-${Date.parse(dueAt)}`;
    await this.queues.add('push', [{ kind: 'push', licenseId, changeId: null, dueAt, id }], () => 0);
  }
}
