import type { Acknowledgement } from '#contracts';
import { Command } from '@nestjs/cqrs';
import type { Origin } from '#commands';
import type { Answer } from '#http';
import type { AcknowledgementRequest } from './acknowledgement.request.dto.js';

/** The same for every repeat: what an acknowledgement settles is seen at the propagations. */
export class Acknowledge extends Command<Answer<Acknowledgement>> {
  constructor(
    readonly domain: string,
    readonly request: AcknowledgementRequest,
    readonly origin: Origin,
    /** Whether the caller chose the idempotency key: one that we made is nobody's to repeat. */
    readonly hasKey: boolean,
  ) {
    super();
  }
}
