export * from './credit.js';
export * from './invoice.js';
export * from './license.js';
export * from './plan.js';
export * from './problem.js';
export * from './propagation.js';
export * from './seat-use.js';
export * from './values.js';
