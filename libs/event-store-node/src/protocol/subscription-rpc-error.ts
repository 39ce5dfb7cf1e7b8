import { status } from '@grpc/grpc-js';
import { SubscriptionError, type SubscriptionErrorCode } from '../persistent-subscriptions/subscription-error.js';
import { invalidArgument, RpcError, toRpcError } from './rpc-error.js';

const ANSWERS: Readonly<Record<Exclude<SubscriptionErrorCode, 'invalid'>, readonly [code: status, exception: string]>> =
  {
    exists: [status.ALREADY_EXISTS, 'persistent-subscription-exists'],
    'does-not-exist': [status.NOT_FOUND, 'persistent-subscription-does-not-exist'],
    full: [status.FAILED_PRECONDITION, 'maximum-subscribers-reached'],
    dropped: [status.CANCELLED, 'persistent-subscription-dropped'],
  };

export function toSubscriptionRpcError(error: unknown): RpcError {
  if (!(error instanceof SubscriptionError)) return toRpcError(error);
  if (error.code === 'invalid') return invalidArgument(error.message);
  const [code, exception] = ANSWERS[error.code];
  const { source, group } = error.key;
  return new RpcError(code, error.message, { exception, 'stream-name': source, 'group-name': group });
}
