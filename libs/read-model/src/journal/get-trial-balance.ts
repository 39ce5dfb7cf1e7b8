import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { trialBalance, type Movement } from '#accounting';
import type { TrialBalance } from '#contracts';
import { decodePosition, invalidInput, ProblemException, ReadModelPosition, type Position } from '#http';
import { Clock } from '#platform';
import { checkPast } from '../as-of/moments.js';
import { ReadModel } from '../read-model.js';
import type { TrialBalanceRequest } from './get-trial-balance.request.dto.js';
import { monthlyMovements, movementsAsOf, movementsUpTo, parkedStreams } from './movements.js';

export class GetTrialBalance extends Query<TrialBalance> {
  constructor(readonly request: TrialBalanceRequest) {
    super();
  }
}

const waitMs = 2_000;

@QueryHandler(GetTrialBalance)
export class GetTrialBalanceHandler implements IQueryHandler<GetTrialBalance> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly reached: ReadModelPosition,
    private readonly clock: Clock,
  ) {}

  async execute({ request }: GetTrialBalance): Promise<TrialBalance> {
    const { month, asOf, position } = request;
    const given = Object.entries({ month, asOf, position }).filter(([, value]) => value !== undefined);
    if (given.length > 1) {
      throw invalidInput(given.map(([path]) => ({ path, message: 'give one of month, asOf and position' })));
    }
    const { before, within } = await this.#movements(request);
    return { ...trialBalance(before, within), parkedStreams: await parkedStreams(this.readModel.db) };
  }

  async #movements({ month, asOf, position }: TrialBalanceRequest): Promise<Movements> {
    const { db } = this.readModel;
    if (asOf !== undefined) {
      checkPast('asOf', asOf, this.clock.now());
      return { before: [], within: await movementsAsOf(db, asOf) };
    }
    if (position !== undefined) return { before: [], within: await movementsUpTo(db, await this.#reach(position)) };
    const movements = await monthlyMovements(db, month);
    return {
      before: movements.filter((moved) => month !== undefined && moved.month < month),
      within: movements.filter((moved) => month === undefined || moved.month === month),
    };
  }

  /** The position, once the read model holds everything up to it. */
  async #reach(text: string): Promise<Position> {
    const position = decodePosition(text, 'position');
    if (!(await this.reached.waitFor(position, waitMs))) {
      throw new ProblemException('read-model-behind', 'The read model has not reached that position. Try again.');
    }
    return position;
  }
}

/** What is brought forward, and what is told account by account. */
interface Movements {
  readonly before: readonly Movement[];
  readonly within: readonly Movement[];
}
