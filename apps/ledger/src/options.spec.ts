import { readOptions } from './options.js';

describe('readOptions', () => {
  it('takes every role by default, or those that are named', () => {
    expect([...(readOptions([])?.roles ?? [])]).toEqual(['api', 'projector', 'worker']);
    expect([...(readOptions(['--roles', 'api, worker'])?.roles ?? [])]).toEqual(['api', 'worker']);
  });

  it('says what is wrong', () => {
    expect(() => readOptions(['--roles', 'cook'])).toThrow("no role 'cook'");
    expect(() => readOptions(['--rolls', 'api'])).toThrow('--rolls');
  });

  it('leaves the rest to the help', () => {
    expect(readOptions(['--help'])).toBeUndefined();
  });
});
