import type { GroupKey } from './group-definition.js';

export type SubscriptionErrorCode = 'exists' | 'does-not-exist' | 'full' | 'dropped' | 'invalid';

/** Why a request about a group cannot be met. */
export class SubscriptionError extends Error {
  override readonly name = 'SubscriptionError';

  constructor(
    readonly code: SubscriptionErrorCode,
    readonly key: GroupKey,
    message: string,
  ) {
    super(message);
  }
}

export const groupDoesNotExist = (key: GroupKey): SubscriptionError =>
  new SubscriptionError(
    'does-not-exist',
    key,
    `Subscription group ${key.group} on stream ${key.source} does not exist.`,
  );
