import { Command } from '@nestjs/cqrs';
import type { Origin } from '#commands';
import type { Answer } from '#http';
import type { AcknowledgementRequest } from './acknowledgement.request.dto.js';

/** The same for every repeat: what an acknowledgement settles is seen at the propagations. */
export interface AcknowledgementAnswer {
  readonly domain: string;
  readonly revision: number;
  readonly seats: number;
}

export class Acknowledge extends Command<Answer<AcknowledgementAnswer>> {
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
