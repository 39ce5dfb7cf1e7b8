import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventStore, EventStoreUnavailable } from '#event-store';
import { LicenseLog } from '#feed';
import { Clock, Settings } from '#platform';
import { isDatabaseOutage } from '#projection-engine';
import { EndpointRegister } from '../endpoint/endpoint-register.js';
import { Endpoints } from '../endpoint/endpoints.js';
import { webhookStreamPrefix } from '#read-model';
import type { Endpoint } from '../endpoint/endpoint.js';
import { DeliveryLimitsToken, type DeliveryLimits } from './delivery-limits.js';
import { DeliveryStore, LeaseLost } from './delivery-store.js';
import { EndpointDelivery, type DeliveryReports } from './endpoint-delivery.js';
import { formatPlace } from './place.js';
import { Sender } from './sender.js';

const batch = { maxEvents: 100, maxWaitMs: 5 };
const retryMs = 1_000;
const pageMax = 500;

interface Running {
  endpoint: Endpoint;
  /** Ends the delivery of this era. */
  stop: AbortController;
  done: Promise<void>;
}

/**
 * Delivers to every endpoint that is active, each in a loop of its own, as far as no other worker does. Follows the
 * endpoints' own events for what is to be delivered to, and keeps the register of them up.
 */
@Injectable()
export class WebhookRunner implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Webhooks');
  readonly #stop = new AbortController();
  readonly #running = new Map<string, Running>();
  /** How many endpoints this worker delivers to: one with many leaves new ones to others. */
  #held = 0;
  #following: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: EventStore,
    private readonly log: LicenseLog,
    private readonly endpoints: Endpoints,
    private readonly register: EndpointRegister,
    private readonly deliveries: DeliveryStore,
    private readonly sender: Sender,
    private readonly clock: Clock,
    private readonly settings: Settings,
    @Inject(DeliveryLimitsToken) private readonly limits: DeliveryLimits,
  ) {}

  onApplicationBootstrap(): void {
    this.log.follow();
    this.#following = this.#again(() => this.#follow());
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#following;
    const all = [...this.#running.values()];
    for (const { stop } of all) stop.abort();
    await Promise.all(all.map(({ done }) => done));
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stop;
    const from = await this.register.followedTo();
    for (let afterId: string | undefined; ;) {
      const page = await this.register.list({ afterId, limit: pageMax });
      for (const { endpointId, endpoint } of page) this.#know(endpointId, endpoint);
      afterId = page.at(-1)?.endpointId;
      if (page.length < pageMax) break;
    }
    for await (const { events, checkpoint } of this.store.subscribeToAll({
      from,
      signal,
      prefixes: [webhookStreamPrefix],
      batch,
    })) {
      const ids = new Set(events.map(({ stream }) => stream.slice(webhookStreamPrefix.length)));
      for (const endpointId of ids) {
        const { state, revision } = await this.endpoints.load(endpointId);
        if (state === null) continue;
        await this.register.save(endpointId, state, revision);
        this.#know(endpointId, state);
        if (state.status === 'deleted') await this.#forget(endpointId);
      }
      if (ids.size > 0) await this.register.follow(checkpoint);
    }
  }

  #know(endpointId: string, endpoint: Endpoint): void {
    const running = this.#running.get(endpointId);
    const isSame = running?.endpoint.era === endpoint.era && running.endpoint.status === endpoint.status;
    if (running && isSame) running.endpoint = endpoint;
    else if (endpoint.status === 'active') this.#begin(endpointId, endpoint, running);
    else if (running) {
      running.endpoint = endpoint;
      running.stop.abort();
    }
  }

  #begin(endpointId: string, endpoint: Endpoint, earlier: Running | undefined): void {
    earlier?.stop.abort();
    const running: Running = { endpoint, stop: new AbortController(), done: Promise.resolve() };
    this.#running.set(endpointId, running);
    const begin = async (): Promise<void> => {
      await earlier?.done;
      await this.#again(() => this.#deliver(endpointId, running), running.stop.signal);
    };
    running.done = begin();
  }

  async #deliver(endpointId: string, running: Running): Promise<void> {
    const { deliveries, log, sender, clock, store } = this;
    const signal = AbortSignal.any([running.stop.signal, this.#stop.signal]);
    const { callbackTimeoutMs: callTimeoutMs } = this.settings;
    const limits = { ...this.limits, leaseMs: Math.max(this.limits.leaseMs, 3 * callTimeoutMs) };
    await sleep(Math.min(10 * this.#held, 1_000) + Math.random() * 50, undefined, { signal });
    const opened = await deliveries.open(endpointId, running.endpoint, clock.now(), limits);
    if (opened === null) {
      // Another worker delivers: this one looks again, should that one end.
      await sleep(limits.leaseMs / 3, undefined, { signal, ref: false });
      return;
    }
    this.#held++;
    try {
      const parts = { store, log, deliveries, sender, clock, random: Math.random, limits, callTimeoutMs };
      const reports = this.#reportsOf(endpointId);
      await new EndpointDelivery(endpointId, () => running.endpoint, opened, parts, reports).run(signal);
    } finally {
      this.#held--;
    }
  }

  #reportsOf(endpointId: string): DeliveryReports {
    return {
      disable: async (reason, detail, after) => {
        this.logger.error(`The webhook ${endpointId} is disabled (${reason}): ${detail}`);
        await this.endpoints.note(endpointId, ({ status }) =>
          status === 'active'
            ? [{ type: 'WebhookDisabled', data: { reason, detail, after: formatPlace(after), at: this.clock.now() } }]
            : [],
        );
        // The event itself comes by the log; until then nothing is tried again.
        const running = this.#running.get(endpointId);
        running?.stop.abort();
      },
      checkpoint: async (after, era) => {
        await this.endpoints.note(endpointId, (endpoint) =>
          endpoint.status === 'active' && endpoint.era === era
            ? [{ type: 'WebhookCheckpointed', data: { after: formatPlace(after), era, at: this.clock.now() } }]
            : [],
        );
      },
    };
  }

  async #forget(endpointId: string): Promise<void> {
    await this.#running.get(endpointId)?.done;
    this.#running.delete(endpointId);
    await this.deliveries.forget(endpointId);
  }

  /** Until the signal aborts: what fails is begun again after a while. */
  async #again(work: () => Promise<void>, own = this.#stop.signal): Promise<void> {
    const signal = AbortSignal.any([own, this.#stop.signal]);
    while (!signal.aborted) {
      try {
        await work();
      } catch (error) {
        if (!signal.aborted && !isPassing(error)) this.logger.warn(`Begun again: ${String(error)}`);
      }
      await sleep(retryMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}

/** What readiness tells of, or another worker's coming: not to be told by each endpoint once more. */
function isPassing(error: unknown): boolean {
  return error instanceof LeaseLost || error instanceof EventStoreUnavailable || isDatabaseOutage(error);
}
