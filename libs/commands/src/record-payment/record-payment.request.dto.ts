import { AmountRequest, IsAmount } from '../amount.dto.js';
import { IsText } from '../fields.js';

export class RecordPaymentRequest {
  @IsAmount()
  amount!: AmountRequest;

  @IsText(100)
  method!: string;

  /**
   * By which the payment is found again where it was made.
   * @example 2026-06-03/4711
   */
  @IsText(200)
  reference!: string;
}
