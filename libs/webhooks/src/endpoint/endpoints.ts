import { Injectable, Logger } from '@nestjs/common';
import type { Principal } from '#auth';
import { keyReused, requestOf, systemOrigin, withStoreProblems, type Origin } from '#commands';
import type { Refusal } from '#contracts';
import { EventStore, Repository, type Accepted, type Loaded } from '#event-store';
import { notFound, ProblemException } from '#http';
import { EndpointRegister } from './endpoint-register.js';
import { endpointAggregate, webhookStream, type Endpoint, type WebhookEvent } from './endpoint.js';

export type EndpointOutcome = Omit<Accepted<Endpoint | null, WebhookEvent>, 'state'> & { readonly state: Endpoint };

/** What a command makes of the endpoint; null stands for one that is not there. */
export type DecideEndpoint = (endpoint: Endpoint | null) => WebhookEvent[] | Refusal;

export const noEndpoint = { code: 'not-found', detail: 'There is no such webhook.' } as const;

/** Runs commands on endpoints, and keeps the register of them up with what they say. */
@Injectable()
export class Endpoints {
  private readonly logger = new Logger(Endpoints.name);
  readonly #endpoints: Repository<Endpoint | null, WebhookEvent>;

  constructor(
    store: EventStore,
    private readonly register: EndpointRegister,
  ) {
    this.#endpoints = new Repository(store, endpointAggregate);
  }

  /** As its events have it now, if it is the principal's to see. @throws ProblemException */
  async visible(endpointId: string, principal: Principal): Promise<{ endpoint: Endpoint; revision: bigint }> {
    const { state, revision } = await this.load(endpointId);
    if (state === null || !maySee(principal, state)) throw notFound(noEndpoint.detail);
    return { endpoint: state, revision };
  }

  load(endpointId: string): Promise<Loaded<Endpoint | null>> {
    return withStoreProblems(this.#endpoints.load(webhookStream(endpointId)));
  }

  /**
   * Decides the command and records what it brings about, once for each idempotency key.
   * @throws ProblemException with the refusal, or with why the event store could not take it
   */
  async execute(endpointId: string, origin: Origin, decide: DecideEndpoint): Promise<EndpointOutcome> {
    const stream = webhookStream(endpointId);
    const { expectedRevision, principal } = origin;
    const request = {
      ...requestOf(stream, origin),
      ...(expectedRevision !== undefined && { expectedRevision: BigInt(expectedRevision) }),
    };
    const outcome = await withStoreProblems(
      this.#endpoints.execute<Refusal>(stream, request, (endpoint) => {
        if (endpoint !== null && !maySee(principal, endpoint)) return { rolled: [], refusal: noEndpoint };
        const decided = decide(endpoint);
        return Array.isArray(decided) ? { rolled: [], accepted: decided } : { rolled: [], refusal: decided };
      }),
    );
    if (outcome.kind === 'key-reused') throw keyReused();
    if (outcome.kind === 'refused') throw ProblemException.of(outcome.refusal);
    if (outcome.kind === 'revision-mismatch') {
      throw new ProblemException('revision-mismatch', `The revision is ${outcome.revision} now. Read again.`);
    }
    const { state } = outcome;
    // A repeat is not decided again, so it is here that a stranger who knows the key is turned away.
    if (state === null || !owns(principal, state)) throw notFound(noEndpoint.detail);
    // It is done, whatever the database says: workers put into the register what is missing there.
    await this.register.save(endpointId, state, outcome.revision).catch((error: unknown) => {
      this.logger.warn(`A webhook is not in the register yet: ${String(error)}`);
    });
    return { ...outcome, state };
  }

  /** Records what the ledger does with an endpoint of its own accord, if it is still there. */
  async note(endpointId: string, decide: (endpoint: Endpoint) => WebhookEvent[]): Promise<void> {
    await this.execute(endpointId, systemOrigin(`webhook ${endpointId}`), (endpoint) =>
      endpoint === null ? noEndpoint : decide(endpoint),
    );
  }
}

/** A service sees its own, an admin all; one that was deleted is not there any more. */
const maySee = (principal: Principal, endpoint: Endpoint): boolean =>
  endpoint.status !== 'deleted' && owns(principal, endpoint);

const owns = ({ role, subject }: Principal, { owner }: Endpoint): boolean => role === 'admin' || owner === subject;
