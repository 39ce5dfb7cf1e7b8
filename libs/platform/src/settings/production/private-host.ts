import { isIP } from 'node:net';
import { isPublicAddress } from '#outbound';

/** Endings that no name of the internet has, and that operators use inside. */
const privateEndings = ['localhost', 'local', 'internal', 'lan', 'intranet', 'private', 'home.arpa', 'svc'];

/**
 * Whether `host` is inside a network of one's own as far as can be told without asking for it: a private address, a
 * socket's folder, a name without dots as containers have, or one with an ending that is not of the internet.
 */
export function isPrivateHost(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (name === '' || name.startsWith('/')) return true;
  if (isIP(name) !== 0) return !isPublicAddress(name);
  return !name.includes('.') || privateEndings.some((ending) => name.endsWith(`.${ending}`));
}
