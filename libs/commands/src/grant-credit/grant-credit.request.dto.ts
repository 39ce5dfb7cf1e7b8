import { AmountRequest, IsAmount } from '../amount.dto.js';
import { IsText } from '../fields.js';

export class GrantCreditRequest {
  @IsAmount()
  amount!: AmountRequest;

  /** @example The outage of 10 June */
  @IsText(500)
  reason!: string;
}
