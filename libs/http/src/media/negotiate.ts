import Negotiator from 'negotiator';

/**
 * The one of `types` that an `Accept` header likes best, by RFC 9110: by quality, then as the header lists them, then as
 * `types` does. Without a header it is the first; `undefined` when the header takes none.
 */
export function negotiate<T extends string>(accept: string | undefined, types: readonly T[]): T | undefined {
  // What we send is UTF-8, so a client that asks for it by name means the same type.
  const named = types.flatMap((type) => [type, `${type};charset=utf-8`]);
  const best = new Negotiator({ headers: accept === undefined ? {} : { accept } }).mediaType(named);
  return types.find((type) => type === best?.split(';', 1)[0]);
}
