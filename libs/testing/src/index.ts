export { histories, play, type History, type Step } from './license/histories.js';
export { aCatalogue, Scenario } from './license/scenario.js';
