import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newClaim } from './claim.js';
import { DataFolderLock } from './data-folder-lock.js';

describe('DataFolderLock', () => {
  let folder: string;
  beforeEach(() => (folder = join(mkdtempSync(join(tmpdir(), 'data-folder-')), 'data')));
  afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

  const leaveBehind = (claim: object): void => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'lock'), JSON.stringify({ ...newClaim(), token: 'theirs', ...claim }));
  };
  const holder = (): number => (JSON.parse(readFileSync(join(folder, 'lock'), 'utf8')) as { pid: number }).pid;

  it('is held once, until it is released', () => {
    const lock = DataFolderLock.acquire(folder);
    expect(() => DataFolderLock.acquire(folder)).toThrow(`is in use by process ${process.pid}. Stop that process, or`);
    lock.release();
    DataFolderLock.acquire(folder).release();
    expect(readdirSync(folder)).toEqual(['seat-ledger.json']);
  });

  it('does not release what another owner took over', () => {
    const lock = DataFolderLock.acquire(folder);
    writeFileSync(join(folder, 'lock'), JSON.stringify({ ...newClaim(), token: 'theirs' }));
    lock.release();
    expect(readdirSync(folder)).toContain('lock');
  });

  it.each([
    ['a process that is gone', { pid: 2 ** 22 + 1 }],
    ['an earlier process with the pid of a living one', { startedAt: '1' }],
    ['a process of an earlier boot', { bootId: 'earlier' }],
  ])('takes over from %s', (_, claim) => {
    leaveBehind(claim);
    DataFolderLock.acquire(folder);
    expect(holder()).toBe(process.pid);
  });

  it('takes over a lock that a crash of the machine left unreadable, and sweeps up', () => {
    leaveBehind({});
    writeFileSync(join(folder, 'lock'), '');
    writeFileSync(join(folder, 'lock.gone.draft'), '');
    DataFolderLock.acquire(folder);
    expect(holder()).toBe(process.pid);
    expect(readdirSync(folder).sort()).toEqual(['lock', 'seat-ledger.json']);
  });

  it('takes over where a successor was killed in the middle of taking over', () => {
    const dead = { ...newClaim(), pid: 2 ** 22 + 1 };
    leaveBehind(dead);
    writeFileSync(join(folder, 'lock.theirs.succession'), JSON.stringify({ ...dead, token: 'next' }));
    writeFileSync(join(folder, 'lock'), JSON.stringify({ ...dead, token: 'theirs' }));
    DataFolderLock.acquire(folder);
    expect(holder()).toBe(process.pid);
  });

  it('leaves the succession to a living successor', () => {
    leaveBehind({ pid: 2 ** 22 + 1 });
    writeFileSync(join(folder, 'lock.theirs.succession'), JSON.stringify(newClaim()));
    expect(() => DataFolderLock.acquire(folder)).toThrow('is in use by process');
  });

  it('tells where the servers of the present owner are, and of no other', () => {
    expect(DataFolderLock.published(folder)).toBeUndefined();
    const lock = DataFolderLock.acquire(folder);
    expect(DataFolderLock.published(folder)).toBeUndefined();
    lock.publish({ readModel: 'here' });
    expect(DataFolderLock.published(folder)).toEqual({ readModel: 'here' });
    writeFileSync(join(folder, 'lock'), JSON.stringify({ ...newClaim(), pid: 2 ** 22 + 1 }));
    expect(DataFolderLock.published(folder)).toBeUndefined();
    const next = DataFolderLock.acquire(folder);
    expect(DataFolderLock.published(folder)).toBeUndefined();
    next.publish({ readModel: 'there' });
    next.release();
    expect(DataFolderLock.published(folder)).toBeUndefined();
    expect(readdirSync(folder)).toEqual(['seat-ledger.json']);
  });

  it('refuses a folder that belongs to something else, and leaves it as it is', () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'photo.jpg'), '');
    expect(() => DataFolderLock.acquire(folder)).toThrow('is not empty and does not belong to Seat Ledger');
    expect(readdirSync(folder)).toEqual(['photo.jpg']);
  });

  it('refuses a folder of a newer version', () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'seat-ledger.json'), '{"belongsTo":"seat-ledger","layout":99}');
    expect(() => DataFolderLock.acquire(folder)).toThrow('written by a newer version');
  });
});
