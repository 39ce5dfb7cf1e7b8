import { v5 as uuidV5 } from 'uuid';

/**
 * The id under which other services know a staff member. Callers choose the ids of their staff, and some choose the
 * address for mail: of that, a name is made that stays the same and tells nobody the address.
 */
export function publicStaffId(licenseId: string, staffId: string): string {
  return staffId.includes('@') ? uuidV5(staffId, licenseId) : staffId;
}
