import { methodOf, serviceNamed } from './definitions.js';

const SERVICE = 'event_store.client.persistent_subscriptions.PersistentSubscriptions';
const encode = methodOf(serviceNamed(SERVICE), 'Read').responseSerialize;

/** The encoded word to a consumer that it is connected. */
export const consumerConfirmation = (subscriptionId: string): Buffer =>
  encode({ subscription_confirmation: { subscription_id: subscriptionId } });
