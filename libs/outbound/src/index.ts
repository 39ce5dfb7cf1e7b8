export { isNetwork, isOpenable, isPublicAddress, reachOf, type Reach } from './address/reach.js';
export { OutboundClient, OutboundFailed, type OutboundAnswer, type OutboundLimits } from './client/outbound-client.js';
