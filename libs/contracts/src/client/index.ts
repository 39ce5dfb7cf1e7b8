export {
  LedgerClient,
  type Answered,
  type AnswerOf,
  type ItemOf,
  type LedgerClientOptions,
  type ListOperation,
  type Operation,
  type RequestArguments,
  type RequestOf,
  type RequestOptions,
} from './ledger-client.js';
export { LedgerProblem } from './ledger-problem.js';
