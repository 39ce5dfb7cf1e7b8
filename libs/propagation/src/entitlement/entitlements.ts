import { Injectable } from '@nestjs/common';
import { entitlementOf } from '#license';
import type { EntitlementHistory } from '../history/entitlement-history.js';
import { EntitlementKeys } from './entitlement-keys.js';
import type { SignedEntitlement } from '#contracts';
import { signEntitlement } from './signed-entitlement.js';

/** Issues entitlements. */
@Injectable()
export class Entitlements {
  constructor(private readonly keys: EntitlementKeys) {}

  /** What the license's instance is allowed, signed; null when there is no such license. */
  async issue({ license, revision }: EntitlementHistory): Promise<SignedEntitlement | null> {
    return license && signEntitlement(entitlementOf(license, revision), await this.keys.current());
  }
}
