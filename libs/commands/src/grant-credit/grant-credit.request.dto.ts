import { AmountRequest, IsAmount } from '../amount.dto.js';
import { IsText } from '../fields.js';

export class GrantCreditRequest {
  @IsAmount()
  amount!: AmountRequest;

  @IsText(500)
  reason!: string;
}
