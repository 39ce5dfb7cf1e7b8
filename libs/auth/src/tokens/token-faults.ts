import { errors } from 'jose';

const faults = [
  errors.JWTExpired,
  errors.JWTInvalid,
  errors.JWTClaimValidationFailed,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
];

/** Whether verification failed because of the token, and not because of the keys. */
export const isTokensFault = (error: unknown): boolean => faults.some((fault) => error instanceof fault);

/** What its sender is told. */
export function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'it has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `its claim '${error.claim}' is not the expected one`;
  return 'its signature does not hold';
}
