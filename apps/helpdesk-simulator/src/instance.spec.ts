import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBehaviour } from './behaviour.js';
import { InstanceFile } from './instance-file.js';
import type { Entitlement } from './instance-state.js';
import { Instance } from './instance.js';

describe('a simulated helpdesk', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const open = () => new Instance('duo.example', new InstanceFile(folder, 'duo.example'));
  const entitlement = (revision: number, seats: number): Entitlement => ({
    ...{ domain: 'duo.example', planId: 'team', status: 'active', validUntil: '2026-07-16T00:00:00.000Z' },
    ...{ revision, seats },
  });

  it('applies what is newer, and answers an older word with the one that holds', () => {
    const instance = open();
    expect(instance.apply(entitlement(3, 5))).toEqual({ revision: 3, seats: 5 });
    expect(instance.apply(entitlement(7, 2))).toEqual({ revision: 7, seats: 2 });
    expect(instance.apply(entitlement(3, 5))).toEqual({ revision: 7, seats: 2 });
    expect(instance.view().entitlement).toEqual(entitlement(7, 2));
  });

  it('keeps its staff within its seats', () => {
    const instance = open();
    instance.apply(entitlement(1, 2));
    instance.setActiveStaff(2);
    expect(() => instance.setActiveStaff(3)).toThrow('Staff count exceeded. (3 > 2)');
    expect(instance.view()).toMatchObject({ activeStaff: 2, access: 'accessible', message: null });
  });

  it('locks itself when it has more staff than seats, until some are disabled', () => {
    const instance = open();
    instance.apply(entitlement(1, 3));
    instance.setActiveStaff(3);
    instance.apply(entitlement(2, 1));
    expect(instance.view()).toMatchObject({
      access: 'locked',
      message: 'Staff count exceeded. (3 > 1). Please contact support for further assistance.',
    });
    instance.setActiveStaff(2);
    expect(instance.view().access).toBe('locked');
    instance.setActiveStaff(1);
    expect(instance.view().access).toBe('accessible');
  });

  it('knows all of it again after a restart, and leaves no drafts', () => {
    const instance = open();
    instance.apply(entitlement(4, 9));
    instance.noteReceived(4);
    instance.setActiveStaff(8);
    instance.behave(readBehaviour({ kind: 'slow', delayMs: 50 }));
    expect(open().view()).toEqual(instance.view());
    expect(readdirSync(folder)).toEqual(['duo.example.json']);
  });

  it.each([{}, { kind: 'odd' }, { kind: 'slow', delayMs: -1 }, { kind: 'slow', delayMs: '5' }, null])(
    'does not take %j for a behaviour',
    (input) => {
      expect(() => readBehaviour(input)).toThrow(/must be/);
    },
  );
});
