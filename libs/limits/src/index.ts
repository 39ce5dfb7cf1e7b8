export { limitRequests, openRequestLimits, type RequestLimits, type RequestLimitSettings } from './request-limits.js';
