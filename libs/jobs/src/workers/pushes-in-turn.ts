import { Injectable } from '@nestjs/common';
import { OwnWrites } from '#http';
import { Pushes } from '#propagation';
import type { DueItem } from '../due/due-work.js';
import type { Handled, Handler } from './handler.js';

const busyDelayMs = 200;

/** Brings entitlements to their instances. */
@Injectable()
export class PushesInTurn implements Handler {
  readonly kind = 'push';
  /** Mostly spent waiting for instances, of which some are slow. */
  readonly concurrency = 64;

  constructor(
    private readonly pushes: Pushes,
    private readonly ownWrites: OwnWrites,
  ) {}

  async handle({ licenseId, id }: DueItem): Promise<Handled> {
    const result = await this.pushes.push(licenseId, id);
    if (result.position) this.ownWrites.record(result.position);
    return result.kind === 'busy' ? { againInMs: busyDelayMs } : 'done';
  }
}
