import { Controller, Get, Global, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { specApp } from '../app/spec-app.js';
import { QueryApi } from '../openapi/api.js';
import { OwnWrites } from './own-writes.js';
import { encodePosition, isAfter, type Position } from './position.js';
import { ReadModelPosition } from './read-model-position.js';

const at = (commit: bigint): Position => ({ commit, prepare: commit });

/** A read model that stands at `reached`, and notes who waited for what. */
class StandingReadModel extends ReadModelPosition {
  override complete = true;
  reached = at(10n);
  readonly waits: { commit: bigint; timeoutMs: number }[] = [];

  override waitFor(position: Position, timeoutMs: number): Promise<boolean> {
    this.waits.push({ commit: position.commit, timeoutMs });
    return Promise.resolve(!isAfter(position, this.reached));
  }
}

@Global()
@Module({
  providers: [StandingReadModel, { provide: ReadModelPosition, useExisting: StandingReadModel }],
  exports: [ReadModelPosition],
})
class ReadModelModule {}

@Controller('things')
@QueryApi('Things')
class Things {
  @Get()
  list(): object {
    return { items: [] };
  }
}

describe('read your writes', () => {
  let app: NestFastifyApplication;
  let readModel: StandingReadModel;

  beforeEach(async () => {
    app = await specApp({ imports: [ReadModelModule], controllers: [Things] });
    readModel = app.get(StandingReadModel);
  });
  afterEach(() => app.close());

  const get = (position?: Position) =>
    app.inject({
      url: '/things',
      ...(position && { headers: { 'ledger-min-position': encodePosition(position) } }),
    });

  it('waits two seconds at most for the position that is asked for', async () => {
    expect((await get(at(10n))).statusCode).toBe(200);
    expect(readModel.waits).toEqual([{ commit: 10n, timeoutMs: 2_000 }]);
  });

  it('says so when the read model is still behind', async () => {
    const reply = await get(at(11n));
    expect(reply.statusCode).toBe(503);
    expect(reply.json()).toMatchObject({ code: 'read-model-behind' });
    expect(reply.headers['retry-after']).toBe('1');
  });

  it('answers nothing while the read model is filled for the first time', async () => {
    readModel.complete = false;
    const reply = await get();
    expect(reply.statusCode).toBe(503);
    expect(reply.json()).toMatchObject({ code: 'read-model-behind' });
    expect(reply.headers['retry-after']).toBe('1');
    readModel.complete = true;
    expect((await get()).statusCode).toBe(200);
  });

  it('waits a moment for the own last write, then answers with what there is', async () => {
    expect((await get()).statusCode).toBe(200);
    expect(readModel.waits).toEqual([]);
    const own = app.get(OwnWrites);
    own.record(at(12n));
    own.record(at(11n));
    expect((await get()).statusCode).toBe(200);
    expect(readModel.waits).toEqual([{ commit: 12n, timeoutMs: 300 }]);
  });
});
