import { PageQuery } from '#http';
import { AsOfPage } from './as-of/as-of.request.dto.js';
import { TextFilter, UuidFilter } from './filters.js';

/** Whose rows are meant; everybody's where none is given. */
export interface CustomerFilters {
  readonly licenseId?: string;
  readonly domain?: string;
  readonly billingEmail?: string;
}

/** The query of a list of rows that belong to licenses. */
export class CustomerPageQuery extends PageQuery implements CustomerFilters {
  @UuidFilter()
  licenseId?: string;

  @TextFilter(253)
  domain?: string;

  /** Of every license that this address is billed for now. */
  @TextFilter(254)
  billingEmail?: string;
}

/** The same of a list that can be had as it stood at a moment. */
export class CustomerAsOfPage extends AsOfPage implements CustomerFilters {
  @UuidFilter()
  licenseId?: string;

  @TextFilter(253)
  domain?: string;

  /** Of every license that this address is billed for now. */
  @TextFilter(254)
  billingEmail?: string;
}
