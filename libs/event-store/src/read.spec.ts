import { randomUUID } from 'node:crypto';
import { collect, StoreFixture } from './spec-support/store-fixture.js';

describe('Reading', () => {
  let fixture: StoreFixture;
  beforeAll(async () => {
    fixture = await StoreFixture.start();
  });
  afterAll(() => fixture.close());

  it('thousands of streams that are not there costs nobody the connection', async () => {
    const store = fixture.connect();
    let left = 4_000;
    const reader = async () => {
      while (left-- > 0) expect(await collect(store.readStream(`counter-${randomUUID()}`))).toEqual([]);
    };
    await Promise.all(Array.from({ length: 64 }, reader));
  });
});
