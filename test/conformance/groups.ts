import {
  jsonEvent,
  persistentSubscriptionToStreamSettingsFromDefaults as streamSettings,
  START,
  type EventStoreDBClient,
  type PersistentSubscriptionToAll,
  type PersistentSubscriptionToStream,
} from '@eventstore/db-client';
import { numberOf, type TestServer } from './server.js';

export type StreamSettings = ReturnType<typeof streamSettings>;

/** Creates a group on a stream, from the start where nothing else is said; returns its name. */
export const groupMaker =
  ({ client, name }: TestServer) =>
  async (stream: string, settings: Partial<StreamSettings> = {}): Promise<string> => {
    const group = name('group');
    await client().createPersistentSubscriptionToStream(
      stream,
      group,
      streamSettings({ startFrom: START, ...settings }),
    );
    return group;
  };

export const infoOf = (client: EventStoreDBClient, stream: string, group: string) =>
  client.getPersistentSubscriptionToStreamInfo(stream, group);

/** Reads and acknowledges so many events, and goes away: leaving the loop alone does not tell the server. */
export async function acknowledge(
  subscription: PersistentSubscriptionToStream | PersistentSubscriptionToAll,
  max: number,
): Promise<number[]> {
  const numbers: number[] = [];
  for await (const received of subscription) {
    numbers.push(numberOf(received));
    await subscription.ack(received);
    if (numbers.length === max) break;
  }
  await subscription.unsubscribe();
  return numbers;
}

/** Resolves when the server has let the consumer in. */
export const connected = (subscription: PersistentSubscriptionToStream | PersistentSubscriptionToAll) =>
  new Promise((resolve) => subscription.once('confirmation', resolve));

export const linkTo = (stream: string, revision: number) => ({
  ...jsonEvent({ type: '$>', data: {} }),
  contentType: 'application/octet-stream' as const,
  data: Buffer.from(`${revision}@${stream}`),
});
