export { publicEventOf } from './public-event/public-event.js';
