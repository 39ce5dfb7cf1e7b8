import { withStoreProblems } from '#commands';
import { decodePosition, invalidValue } from '#http';
import type { LicenseLog } from '../log/license-log.js';
import type { Place } from '../log/place.js';

/**
 * Where a consumer wants to begin: the whole of history unless it says otherwise.
 * @throws ProblemException `validation-failed`, naming `path`, for what is no position of this log
 */
export async function startingPlace(log: LicenseLog, text: string | undefined, path: string): Promise<Place> {
  if (text === undefined || text === '' || text === 'start') return 'start';
  if (text === 'end') return withStoreProblems(log.end());
  const position = decodePosition(text, path);
  if (await withStoreProblems(log.reaches(position))) return position;
  throw invalidValue(path, 'lies behind the end of this log; it is of another one. Begin with a snapshot');
}
