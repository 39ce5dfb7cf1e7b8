import { ProblemException } from '#http';

export function keyReused(): ProblemException {
  const detail = 'This Idempotency-Key came before with another request. Use a new key for a new request.';
  return new ProblemException('idempotency-key-reused', detail);
}

export function staleRevision(revision: bigint): ProblemException {
  const detail = `The revision is ${revision} now. Read again and decide anew.`;
  return new ProblemException('revision-mismatch', detail, { revision: Number(revision) });
}
