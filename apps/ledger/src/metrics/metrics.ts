import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { EventStreams } from '#feed';
import { dueKinds, type JobQueues } from '#jobs';
import type { Projector } from '#projection-engine';
import type { EndpointRegister } from '#webhooks';

const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What this process tells Prometheus. */
export class Metrics {
  readonly registry = new Registry();

  readonly requests = new Histogram({
    name: 'ledger_http_request_duration_seconds',
    help: 'HTTP requests by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: secondsBuckets,
    registers: [this.registry],
  });

  readonly commands = new Histogram({
    name: 'ledger_command_duration_seconds',
    help: 'Commands by name and outcome: accepted, refused (by the rules or the caller) or failed',
    labelNames: ['command', 'outcome'],
    buckets: secondsBuckets,
    registers: [this.registry],
  });

  constructor(projector: Projector | null) {
    collectDefaultMetrics({ register: this.registry });
    if (projector) this.#observe(projector);
  }

  /** Nothing is said of the queues while Redis is away. */
  observeJobs(queues: JobQueues): void {
    new Gauge({
      name: 'ledger_jobs',
      help: 'Jobs by kind and state: waiting, active, delayed or failed',
      labelNames: ['kind', 'state'],
      registers: [this.registry],
      async collect() {
        this.reset();
        for (const kind of dueKinds) {
          const counts = await queues.counts(kind).catch(() => ({}));
          for (const [state, count] of Object.entries(counts)) this.set({ kind, state }, count);
        }
      },
    });
  }

  /** Nothing is said of webhooks while the database is away. */
  observeWebhooks(register: EndpointRegister): void {
    new Gauge({
      name: 'ledger_webhook_endpoints',
      help: 'Webhook endpoints by status: active or disabled',
      labelNames: ['status'],
      registers: [this.registry],
      async collect() {
        this.reset();
        const counts = await register.counts().catch(() => null);
        if (counts === null) return;
        this.set({ status: 'active' }, counts.active);
        this.set({ status: 'disabled' }, counts.disabled);
      },
    });
    new Gauge({
      name: 'ledger_webhook_waiting_licenses',
      help: 'Licenses, over all endpoints, whose next event could not be delivered yet',
      registers: [this.registry],
      async collect() {
        this.set((await register.counts().catch(() => null))?.waiting ?? Number.NaN);
      },
    });
  }

  observeFeed(streams: EventStreams): void {
    new Gauge({
      name: 'ledger_event_streams',
      help: 'Consumers that follow the events over this process just now',
      registers: [this.registry],
      collect() {
        this.set(streams.open);
      },
    });
  }

  #observe(projector: Projector): void {
    const gauge = (name: string, help: string, read: () => number | null): void => {
      new Gauge({
        name,
        help,
        registers: [this.registry],
        collect() {
          this.set(read() ?? Number.NaN);
        },
      });
    };
    gauge('ledger_projection_lag_seconds', 'Age of the newest projected event while newer ones wait', () => {
      const { lagMs } = projector.status();
      return lagMs === null ? null : lagMs / 1_000;
    });
    gauge(
      'ledger_projection_parked_streams',
      'Streams that wait for a projection that understands them',
      () => projector.status().parkedStreams,
    );
    gauge(
      'ledger_projection_failures',
      'Failures since the last batch that was written',
      () => projector.status().failures,
    );
    let counted = 0;
    new Counter({
      name: 'ledger_projection_events_total',
      help: 'Events projected by this process',
      registers: [this.registry],
      collect() {
        const { eventsTotal } = projector.status();
        this.inc(eventsTotal - counted);
        counted = eventsTotal;
      },
    });
  }
}
