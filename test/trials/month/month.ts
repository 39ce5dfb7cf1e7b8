import type { Invoice, License, List, Propagation } from '#contracts';
import { licenseIdOf } from '#license';
import type { InstanceView } from '../../support/simulator-process.js';
import { Disturbances } from './disturbances.js';
import { outcomeOf, type Outcome } from './outcome.js';
import { PersistentClient } from './persistent-client.js';
import { play, type Answered } from './play.js';
import type { Script } from './script.js';
import { Stage } from './stage.js';

/** An instance at the end, and what the ledger says that it is allowed. */
export interface InstanceAtEnd {
  readonly view: InstanceView;
  readonly entitled: NonNullable<InstanceView['entitlement']>;
}

export interface LicenseAtEnd {
  readonly license: License;
  /** The oldest first. */
  readonly invoices: readonly Invoice[];
  readonly propagations: readonly Propagation[];
  readonly instance: InstanceAtEnd;
}

/** A month as it was played. */
export interface Month {
  readonly answered: readonly Answered[];
  readonly outcome: Outcome;
  readonly byDomain: ReadonlyMap<string, LicenseAtEnd>;
  readonly strikes: number;
}

/** Plays the script from nothing, on processes of its own. */
export async function playMonth(script: Script, simulatorPort: number, disturbances: number): Promise<Month> {
  const stage = await Stage.start();
  const simulator = await stage.startSimulator(simulatorPort);
  try {
    const client = new PersistentClient(stage, simulator);
    const disturbing = new Disturbances(stage, disturbances, script.steps.length, script.seed);
    const answered = await play(script, client, disturbing.interrupt);
    const strikes = await disturbing.over();
    const byDomain = new Map<string, LicenseAtEnd>();
    for (const { domain } of script.customers) byDomain.set(domain, await look(client, domain));
    return { answered, outcome: await outcomeOf(stage.servers), byDomain, strikes };
  } finally {
    await simulator.stop();
    await stage.stop();
  }
}

async function look(client: PersistentClient, domain: string): Promise<LicenseAtEnd> {
  const get = async <T>(path: string) => (await client.ask<T>('GET', path)).body;
  const licenseId = licenseIdOf(domain);
  const invoices = await get<List<Invoice>>(`/v1/invoices?licenseId=${licenseId}`);
  const propagations = await get<List<Propagation>>(`/v1/licenses/${licenseId}/propagations?limit=500`);
  return {
    license: await get<License>(`/v1/licenses/${licenseId}`),
    invoices: invoices.items.toSorted((left, right) => left.invoiceNumber.localeCompare(right.invoiceNumber)),
    propagations: propagations.items.toSorted((left, right) => left.revision - right.revision),
    instance: {
      view: await client.simulator.view(domain),
      entitled: await get<InstanceAtEnd['entitled']>(`/v1/helpdesks/${domain}/entitlement`),
    },
  };
}
