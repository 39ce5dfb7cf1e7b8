import { BrokenSeal, MasterKeys } from '#personal-data';

const name = { licenseId: '0637e301-e05d-505b-8267-486f5677de9b', key: 1 };
const [older, newer] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const dataKey = Buffer.alloc(32, 9);

describe('master keys', () => {
  it('unwrap what they wrapped, in its place', () => {
    const masters = new MasterKeys([older]);
    const wrapped = masters.wrap(name, dataKey);
    expect(masters.unwrap(name, wrapped)).toEqual(dataKey);
    expect(() => masters.unwrap({ ...name, key: 2 }, wrapped)).toThrow(BrokenSeal);
  });

  it('are replaced by newer ones: the newest wraps, all open', () => {
    const wrapped = new MasterKeys([older]).wrap(name, dataKey);
    const both = new MasterKeys([newer, older]);
    expect(both.unwrap(name, wrapped)).toEqual(dataKey);
    const anew = both.wrap(name, dataKey);
    expect(new MasterKeys([newer]).unwrap(name, anew)).toEqual(dataKey);
    expect(() => new MasterKeys([newer]).unwrap(name, wrapped)).toThrow('add that one to PERSONAL_DATA_KEY');
  });

  it('are whole', () => {
    expect(() => new MasterKeys([])).toThrow('one at least');
    expect(() => new MasterKeys([older, Buffer.alloc(31)])).toThrow('32 bytes');
  });
});
