export { access } from './access/access.js';
export { mayCall, type AccessTable, type Allowed } from './access/access-table.js';
export { describeAccess } from './access/describe-access.js';
export { AuthModule, type AuthOptions } from './auth.module.js';
export { CurrentPrincipal, principalOf } from './guard/current-principal.js';
export { mayAccess, ROLES, scopeOf, type LicenseOwner, type Principal, type Role } from './principal.js';
export { type ServiceKeyPlace } from './service-keys/service-key-store.js';
export { serviceKeysTable } from './service-keys/service-keys.table.js';
export { issueLocalToken, type TokenRequest } from './tokens/issue-local-token.js';
export { PublishedKeys, type KeySource } from './tokens/published-keys.js';
export { openSecret } from './tokens/secret.js';
export {
  findSigningKey,
  openSigningKey,
  type KeyPurpose,
  type PublicJwk,
  type SigningKey,
} from './tokens/signing-key.js';
