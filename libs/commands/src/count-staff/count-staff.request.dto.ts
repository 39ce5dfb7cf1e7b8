import { IsDomain } from '../fields.js';

export class CountStaffRequest {
  /** @example acme.example */
  @IsDomain()
  domain!: string;
}
