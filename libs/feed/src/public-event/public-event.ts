export { publicEventOf } from '#license';
