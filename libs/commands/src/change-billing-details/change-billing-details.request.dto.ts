import { IsOptional } from 'class-validator';
import { IsEmailAddress, IsPaymentMethodToken, IsText } from '../fields.js';

/** What is left out stays as it is. */
export class ChangeBillingDetailsRequest {
  /**
   * Who is billed. The license is the new owner's from here on.
   * @example billing@acme.example
   */
  @IsOptional()
  @IsEmailAddress()
  billingEmail?: string;

  @IsOptional()
  @IsText(1_000)
  address?: string;

  /**
   * A payment provider's token, never a card number.
   * @example pm_1N2b3C4d5E6f
   */
  @IsOptional()
  @IsPaymentMethodToken()
  paymentMethodToken?: string;
}
