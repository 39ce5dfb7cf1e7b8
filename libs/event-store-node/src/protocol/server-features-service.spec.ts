import { serviceNamed } from './definitions.js';
import { serverFeaturesService } from './server-features-service.js';

interface Method {
  readonly service_name: string;
  readonly method_name: string;
  readonly features: readonly string[];
}

function answer(): { methods: Method[]; event_store_server_version: string } {
  const services = ['streams.Streams', 'persistent_subscriptions.PersistentSubscriptions', 'gossip.Gossip'];
  const { GetSupportedMethods } = serverFeaturesService(
    services.map((name) => serviceNamed(`event_store.client.${name}`)),
  );
  let answered: ReturnType<typeof answer> | undefined;
  (GetSupportedMethods as (call: unknown, respond: (error: null, response: typeof answered) => void) => void)(
    undefined,
    (_, response) => (answered = response),
  );
  if (!answered) throw new Error('The features are answered at once.');
  return answered;
}

describe('what the node says that it can do', () => {
  const { methods, event_store_server_version } = answer();
  const featuresOf = (service: string, method: string) =>
    methods.find((one) => one.service_name === `event_store.client.${service}` && one.method_name === method)?.features;

  it('is the version whose behaviour it speaks', () => {
    expect(event_store_server_version).toBe('24.10.0');
  });

  it('is every method, in lower case', () => {
    expect(methods).toHaveLength(5 + 8 + 1);
    for (const { service_name, method_name } of methods) {
      expect([service_name, method_name].map((name) => name.toLowerCase())).toEqual([service_name, method_name]);
    }
  });

  it('is what clients look for before they use it', () => {
    expect(featuresOf('streams.streams', 'read')).toEqual(['position', 'events']);
    expect(featuresOf('streams.streams', 'batchappend')).toEqual(['deadline_duration']);
    for (const method of ['create', 'update', 'delete', 'read', 'getinfo', 'replayparked', 'list']) {
      expect(featuresOf('persistent_subscriptions.persistentsubscriptions', method)).toEqual(['stream', 'all']);
    }
  });
});
