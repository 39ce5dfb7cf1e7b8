import { looksLikeCardNumber } from './card-number.js';

describe('looksLikeCardNumber', () => {
  it.each(['4111111111111111', '4111 1111 1111 1111', '5500-0000-0000-0004', '378282246310005', ' 4222.2222.2222.2 '])(
    'finds %s',
    (number) => expect(looksLikeCardNumber(number)).toBe(true),
  );

  it.each(['4111111111111112', 'pm_4111111111111111', 'tok_visa', '42', '41111111111111111111111', ''])(
    'lets %s pass',
    (token) => expect(looksLikeCardNumber(token)).toBe(false),
  );
});
