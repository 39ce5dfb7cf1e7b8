import { CompactSign } from 'jose';
import type { SigningKey } from '#auth';
import type { Entitlement, SignedEntitlement } from '#contracts';

/** An entitlement with a signature over it, which an instance checks without asking anybody. */
export async function signEntitlement(entitlement: Entitlement, key: SigningKey): Promise<SignedEntitlement> {
  const { domain, seats, planId, status, validUntil, revision } = entitlement;
  const rest = { domain, seats, planId, status, validUntil, revision };
  const payload = new TextEncoder().encode(JSON.stringify(rest));
  const jws = await new CompactSign(payload)
    .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ: 'entitlement+json' })
    .sign(key.privateKey);
  return { ...rest, jws };
}
