import { EventStoreDBClient, jsonEvent, type Position } from '@eventstore/db-client';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEventStoreNode, type EventStoreNode } from '../../../event-store-node/src/index.js';
import { encodeEvent, licenseIdOf, licenseStream } from '../../../license/src/index.js';

/** A real node whose log has events of licenses, with a client of it. */
export class LicenseLog {
  private constructor(
    private readonly dataFolder: string,
    private node: EventStoreNode,
    readonly client: EventStoreDBClient,
  ) {}

  static async start(): Promise<LicenseLog> {
    const dataFolder = await mkdtemp(join(tmpdir(), 'contracts-spec-'));
    const node = await startEventStoreNode({ dataFolder, port: 0 });
    return new LicenseLog(dataFolder, node, EventStoreDBClient.connectionString(node.connectionString));
  }

  /** Appends reports of so many active staff to a license's stream. */
  async report(domain: string, ...counts: number[]): Promise<void> {
    const effectiveAt = '2026-06-11T09:30:00.000Z';
    const events = counts.map((active) => {
      const report = { effectiveAt, active, seats: 60, locked: active > 60 };
      const { type, version, data } = encodeEvent({ type: 'StaffCountReported', data: report });
      return jsonEvent({
        type,
        data: data as Record<string, unknown>,
        metadata: { schemaVersion: version, $correlationId: 'the request', $causationId: 'the command' },
      });
    });
    await this.client.appendToStream(licenseStream(licenseIdOf(domain)), events);
  }

  /** Appends to a stream that is no license's; returns where. */
  async appendElsewhere(type = 'Other', stream = 'plan-team'): Promise<Position> {
    const { position } = await this.client.appendToStream(stream, jsonEvent({ type, data: {} }));
    if (position === undefined) throw new Error('The node says where an event is.');
    return position;
  }

  /** The node goes away, and comes back on the same port. */
  async restart(meanwhile: () => unknown = () => undefined): Promise<void> {
    const { port } = this.node;
    await this.node.stop();
    await meanwhile();
    this.node = await startEventStoreNode({ dataFolder: this.dataFolder, port });
  }

  async close(): Promise<void> {
    await this.client.dispose();
    await this.node.stop();
    await rm(this.dataFolder, { recursive: true });
  }
}

/** Polls until it holds; fails when it does not within twenty seconds. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > giveUpAt) throw new Error(`Waited in vain until ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
