export { currencyExponent, isCurrency } from './currency.js';
export { addMoney, formatMinor, isMinorAmount, money, negate, type Money } from './money.js';
export { prorate } from './prorate.js';
