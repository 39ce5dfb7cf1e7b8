import { join } from 'node:path';
import { loadSync, type MethodDefinition, type ServiceDefinition } from '@grpc/proto-loader';
import { packageRoot } from '#platform';

const FOLDER = join(packageRoot(), 'libs', 'event-store-node', 'proto');

const FILES = ['streams', 'persistent_subscriptions', 'projections', 'server_features', 'gossip'];

const definitions = loadSync(
  FILES.map((name) => `${name}.proto`),
  { includeDirs: [FOLDER], keepCase: true, longs: String, enums: String, defaults: true, oneofs: true },
);

export function serviceNamed(name: string): ServiceDefinition {
  const definition = definitions[name];
  if (!definition || 'format' in definition) throw new Error(`${FOLDER} defines no service ${name}.`);
  return definition;
}

export function methodOf(service: ServiceDefinition, name: string): MethodDefinition<object, object> {
  const method = service[name];
  if (!method) throw new Error(`The service has no method ${name}.`);
  return method;
}

/** A message of the given type as `google.protobuf.Any`. */
export function packAny(type: string, message: object): { type_url: string; value: Buffer } {
  const definition = definitions[type];
  if (!definition || !('serialize' in definition) || typeof definition.serialize !== 'function') {
    throw new Error(`${FOLDER} defines no message ${type}.`);
  }
  return { type_url: `type.googleapis.com/${type}`, value: definition.serialize(message) };
}
