/**
 * Whether the text looks like the number of a payment card: 12 to 19 digits, however they are grouped, whose check
 * digit is right (ISO/IEC 7812). Such a number must not be stored, a provider's token stands for it.
 */
export function looksLikeCardNumber(text: string): boolean {
  const digits = text.replace(/[\s._-]/g, '');
  return /^\d{12,19}$/.test(digits) && luhnSum(digits) % 10 === 0;
}

function luhnSum(digits: string): number {
  return [...digits].reverse().reduce((sum, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);
}
